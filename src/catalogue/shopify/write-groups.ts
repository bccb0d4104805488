import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import type { Problem, Violation } from '../../problems/problem';
import { createMany, updateMany } from '../../resource/bulk';
import type { Values } from '../../resource/definition/resource';
import { creationSchema, patchSchema } from '../../resource/definition/schemas';
import { jsonPointer, STRICT, validate } from '../../schema/validate';
import type { OptionAxis } from '../groups/option-axes';
import { ProductGroup } from '../groups/product-group.model';
import { productGroups } from '../groups/product-group.resource';
import { productGroupService } from '../groups/product-group.service';
import type { ShopifyProduct } from './shopify-product';

/** Creates and changes the groups of products with options, in a number of statements that does not grow with them; one that is refused refuses its variants. */
export async function writeGroups(tx: TxContext, products: readonly ShopifyProduct[]): Promise<void> {
  const grouped = products.filter(({ hasOptions }) => hasOptions);
  if (grouped.length === 0) return;
  requirePermission(tx, 'product-groups:write');
  const existing = await lockGroups(
    tx,
    grouped.map(({ slug }) => slug),
  );
  const creations: { product: ShopifyProduct; values: Values }[] = [];
  const changes: { product: ShopifyProduct; id: string; patch: Values }[] = [];
  for (const product of grouped) {
    const group = existing.get(product.slug);
    const options = joinedOptions(product, group?.options ?? []);
    product.group = { name: product.head.text('title') || String(group?.name ?? product.handle), options };
    const schema = group ? patchSchema(productGroups) : creationSchema(productGroups);
    const given = { ...valuesOf(product, product.group.name), options, ...(!group && { slug: product.slug }) };
    const { value, violations } = validate(schema, given, STRICT, jsonPointer);
    if (violations.length > 0) refuse(product, violations);
    else if (group) changes.push({ product, id: group.id, patch: value });
    else creations.push({ product, values: value });
  }
  const created = await createMany(
    tx,
    productGroupService,
    creations.map(({ values }) => values),
  );
  for (const [at, { product }] of creations.entries()) refuseProblem(product, created[at]?.problem);
  const changed = await updateMany(tx, productGroupService, changes);
  for (const [at, { product }] of changes.entries()) refuseProblem(product, changed[at]?.problem);
}

/** Locks the groups of these slugs, in the order of their ids, so that two imports do not both add to the same options. */
async function lockGroups({ transaction }: TxContext, slug: readonly string[]): Promise<ReadonlyMap<string, ProductGroup>> {
  const rows = await ProductGroup.findAll({ where: { slug: [...slug] }, order: ['id'], lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  return new Map(rows.map((row) => [row.slug, row]));
}

/*
 * The options that the group has, with the values that the file adds, in its order. A file whose rows name no options, as rows that were
 * mended and sent again, has those of the group.
 */
function joinedOptions(product: ShopifyProduct, present: readonly OptionAxis[]): OptionAxis[] {
  const names = axisNames(product, present);
  const axes = new Map(present.map(({ name, values }) => [name, new Set(values)]));
  for (const { axisValues } of product.variants) {
    for (const [at, value] of axisValues.entries()) {
      const name = names[at] ?? '';
      if (name !== '' && value !== '') axes.set(name, (axes.get(name) ?? new Set()).add(value));
    }
  }
  return [...axes].map(([name, values]) => ({ name, values: [...values] }));
}

/** Returns the names of the three options of a product: those of its rows, or else those of its group. */
export function axisNames(product: ShopifyProduct, present: readonly OptionAxis[]): readonly string[] {
  return [0, 1, 2].map((at) => product.rows.map((row) => row.axisNames[at] ?? '').find((name) => name !== '') ?? present[at]?.name ?? '');
}

function valuesOf({ head }: ShopifyProduct, name: string): Values {
  return { name, ...(head.has('description') && head.text('title') !== '' && { description: head.text('description') || null }) };
}

function refuseProblem(product: ShopifyProduct, problem: Problem | undefined): void {
  if (problem)
    refuse(product, problem.errors.length > 0 ? problem.errors : [{ pointer: '', code: problem.type.code, message: problem.detail }]);
}

function refuse(product: ShopifyProduct, violations: readonly Violation[]): void {
  product.refuse(
    'group_refused',
    `The product group "${product.slug}" is refused: ${violations.map(({ message }) => message).join('; ')}`.slice(0, 1_000),
  );
}
