import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { etagHeader } from '../../../http/output/conditional';
import { created, type Reply } from '../../../http/output/reply';
import { invalidBody } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { type BulkResult, createMany } from '../../../resource/bulk';
import { readObject } from '../../../resource/read/read-one';
import { productService } from '../../products/product.service';
import { productGroups } from '../product-group.resource';
import { productGroupService } from '../product-group.service';
import type { NewGroup } from './new-group.schemas';
import { variantValues } from './new-variant';

/**
 * Creates a group with its products and returns the reply with them (201); the number of statements does not grow with the products. Throws
 * `value_taken` (409) or `invalid_body` (422) with a pointer for each product that is refused, `forbidden` (403) without products:write.
 */
export async function createGroup(tx: TxContext, { products = [], ...values }: NewGroup): Promise<Reply> {
  if (products.length > 0) requirePermission(tx, 'products:write');
  const [group] = (await createMany(tx, productGroupService, [values])) as [BulkResult];
  if (group.problem) throw group.problem;
  const results = await createMany(
    tx,
    productService,
    products.map((given) => variantValues(values, group.id, given)),
  );
  requireAllCreated(results);
  const found = await readObject(tx, productGroups, group.id, { fields: null, include: ['products'] });
  return created(`${productGroups.prefix}/${group.id}`, found.text, etagHeader(found.tag));
}

/* Faults of one kind are that problem; those of several kinds are an invalid body. */
function requireAllCreated(results: readonly BulkResult[]): void {
  const refused = results.flatMap(({ problem }, at) => (problem ? [{ problem, at }] : []));
  const [first] = refused;
  if (!first) return;
  const type = refused.every(({ problem }) => problem.type === first.problem.type) ? first.problem.type : invalidBody;
  const count = refused.length === 1 ? '1 product is' : `${refused.length} products are`;
  throw type.because(`${count} refused, so nothing was created. ${first.problem.detail}`, {
    errors: refused.flatMap(({ problem, at }) => errorsOf(problem, at)),
  });
}

function errorsOf({ errors, detail, type }: Problem, at: number) {
  const given = errors.length > 0 ? errors : [{ pointer: '', code: type.code, message: detail }];
  return given.map((error) => ({ ...error, pointer: `/products/${at}${error.pointer}` }));
}
