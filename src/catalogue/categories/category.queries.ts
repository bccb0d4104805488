import type { Ctx } from '../../context/context';
import { Binder } from '../../database/sql/binder';
import { queryAll, queryOne } from '../../database/sql/statement';
import { projection } from '../../resource/read/projection';
import { notFoundHere } from '../../resource/read/read-one';
import { categories } from './category.resource';

/** The most categories that one answer holds. */
export const MAX_TREE = 10_000;

export interface TreeNode {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly level: number;
  readonly children: TreeNode[];
}

/** The whole tree of live categories, siblings by name: one statement, assembled in one pass. */
export async function tree(ctx: Ctx): Promise<TreeNode[]> {
  const rows = await queryAll<Omit<TreeNode, 'children'> & { parent_id: string | null }>(ctx, {
    text: `SELECT id, name, slug, level, parent_id FROM categories WHERE deleted_at IS NULL ORDER BY level, name, id LIMIT ${MAX_TREE}`,
    values: [],
  });
  const nodes = new Map<string, TreeNode>();
  const top: TreeNode[] = [];
  for (const { parent_id: parentId, ...row } of rows) {
    const node = { ...row, children: [] };
    nodes.set(node.id, node);
    (parentId === null ? top : nodes.get(parentId)?.children)?.push(node);
  }
  return top;
}

const RELATION = {
  ancestors: "this.path LIKE t.path || '%'",
  descendants: "t.path LIKE this.path || '%'",
} as const;

/** What lies above or below a category, as the JSON text of `{data}`; throws `not_found` (404). */
export async function relatives(ctx: Ctx, id: string, relation: keyof typeof RELATION): Promise<string> {
  const binder = new Binder();
  const body = projection(ctx, categories, { fields: null, include: [] }, 't', binder.bind);
  const order = relation === 'ancestors' ? 't.level' : 't.path';
  const row = await queryOne<{ found: boolean; data: string }>(ctx, {
    text:
      `SELECT EXISTS (SELECT 1 FROM categories WHERE id = ${binder.bind(id, 'uuid')} AND deleted_at IS NULL) AS found, ` +
      `(SELECT coalesce(string_agg(body, ',' ORDER BY place), '') FROM (SELECT ${body} AS body, row_number() OVER (ORDER BY ${order}) AS place ` +
      `FROM categories this JOIN categories t ON ${RELATION[relation]} AND t.id <> this.id AND t.deleted_at IS NULL ` +
      `WHERE this.id = ${binder.bind(id, 'uuid')} LIMIT ${MAX_TREE}) r) AS data`,
    values: binder.values,
  });
  if (!row?.found) throw notFoundHere(categories);
  return `{"data":[${row.data}]}`;
}
