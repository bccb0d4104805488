import type { Ctx } from '../../../context/context';
import { queryShared } from '../../../database/batching/shared-connections';
import { productUnavailable } from '../../problems';
import type { OrderRequest } from './new-order';

type GivenLine = OrderRequest['items'][number];

/** A line by the id of its product, as the statements take it. */
export interface Line {
  readonly productId: string;
  readonly quantity: number;
}

const BY_SKU = `
  SELECT lower(p.sku) AS sku, p.id FROM products p
  WHERE p.deleted_at IS NULL AND lower(p.sku) = ANY(ARRAY(SELECT lower(given) FROM unnest($1::text[]) AS given))`;

/**
 * Returns the lines by the ids of their products; looks those up that are named by SKU, in a statement of its own. Throws
 * `product_unavailable` (422), which names every SKU that no product has.
 */
export async function identifiedLines(ctx: Ctx, lines: readonly GivenLine[]): Promise<Line[]> {
  const skus = lines.flatMap(({ sku }) => (sku === undefined ? [] : [sku]));
  const rows = skus.length === 0 ? [] : await queryShared<{ sku: string; id: string }>(ctx, { text: BY_SKU, values: [skus] });
  const ids = new Map(rows.map(({ sku, id }) => [sku, id]));
  const idOf = ({ productId, sku = '' }: GivenLine) => productId ?? ids.get(sku.toLowerCase());
  const errors = lines.flatMap((line, index) => (idOf(line) === undefined ? [unknownSku(line, index)] : []));
  if (errors.length > 0) {
    throw productUnavailable.because('Some products do not exist or are not for sale; remove those that "errors" names.', { errors });
  }
  return lines.map((line) => ({ productId: String(idOf(line)), quantity: line.quantity }));
}

function unknownSku({ sku }: GivenLine, index: number) {
  return { pointer: `/items/${index}/sku`, code: 'product_unavailable', message: `product ${sku} is not for sale` };
}
