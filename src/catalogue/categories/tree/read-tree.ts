import { Category } from '../category.model';
import { MAX_TREE } from './tree-schema';

/** A category with its children. */
export interface TreeNode {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly level: number;
  readonly children: TreeNode[];
}

/** Returns the whole tree of categories, siblings by name, in one statement. */
export async function readTree(): Promise<TreeNode[]> {
  const rows = await Category.findAll({
    attributes: ['id', 'name', 'slug', 'level', 'parentId'],
    order: ['level', 'name', 'id'],
    limit: MAX_TREE,
    raw: true,
  });
  const nodes = new Map<string, TreeNode>();
  const top: TreeNode[] = [];
  for (const { id, name, slug, level, parentId = null } of rows) {
    const node = { id, name, slug, level, children: [] };
    nodes.set(id, node);
    (parentId === null ? top : nodes.get(parentId)?.children)?.push(node);
  }
  return top;
}
