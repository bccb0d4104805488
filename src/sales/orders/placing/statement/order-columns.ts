import type { NewLine, NewOrder } from '../new-order';

/** A column of the rows that the placing statement receives, sent as one array parameter. */
export interface ParameterColumn<Row> {
  readonly name: string;
  readonly type: string;
  readonly of: (row: Row) => unknown;
}

/** The columns of the orders. */
export const ORDER_COLUMNS: readonly ParameterColumn<NewOrder>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'number_code', type: 'text', of: ({ numberCode }) => numberCode },
  { name: 'buyer', type: 'uuid', of: ({ userId }) => userId },
  { name: 'email', type: 'text', of: ({ cart }) => cart?.email ?? null },
  { name: 'cart_id', type: 'uuid', of: ({ cart }) => cart?.id ?? null },
  { name: 'cart_version', type: 'int', of: ({ cart }) => cart?.version ?? null },
  { name: 'actor', type: 'uuid', of: ({ variables }) => variables['app.actor_id'] || null },
  { name: 'key_id', type: 'uuid', of: ({ key }) => key?.id ?? null },
  { name: 'key_hash', type: 'bytea', of: ({ key }) => key?.requestHash ?? null },
  { name: 'payment', type: 'text', of: ({ request }) => request.paymentMethod },
  { name: 'expected', type: 'numeric', of: ({ request }) => request.expectedTotal ?? null },
  { name: 'address', type: 'jsonb', of: ({ request }) => (request.shippingAddress ? JSON.stringify(request.shippingAddress) : null) },
  { name: 'billing', type: 'jsonb', of: ({ request }) => (request.billingAddress ? JSON.stringify(request.billingAddress) : null) },
  { name: 'country', type: 'text', of: ({ place }) => place.country },
  { name: 'region', type: 'text', of: ({ place }) => place.region },
  { name: 'method', type: 'text', of: ({ request }) => request.shippingMethod ?? null },
  { name: 'code', type: 'text', of: ({ request }) => request.discountCode ?? null },
  { name: 'note', type: 'text', of: ({ request }) => request.note ?? null },
  { name: 'products', type: 'int', of: ({ lines }) => lines.length },
  { name: 'units', type: 'int', of: ({ units }) => units },
  { name: 'is_limited', type: 'boolean', of: ({ unpaidLimits }) => unpaidLimits !== null },
  { name: 'max_orders', type: 'int', of: ({ unpaidLimits }) => unpaidLimits?.orders ?? null },
  { name: 'max_units', type: 'int', of: ({ unpaidLimits }) => unpaidLimits?.units ?? null },
];

/** The columns of the orders' lines. */
export const LINE_COLUMNS: readonly ParameterColumn<NewLine & { readonly orderId: string; readonly isHeld: boolean }>[] = [
  { name: 'order_id', type: 'uuid', of: ({ orderId }) => orderId },
  { name: 'line_id', type: 'uuid', of: ({ id }) => id },
  { name: 'product_id', type: 'uuid', of: ({ productId }) => productId },
  { name: 'quantity', type: 'int', of: ({ quantity }) => quantity },
  { name: 'is_held', type: 'boolean', of: ({ isHeld }) => isHeld },
];

/** Returns the array parameters as rows; each array is a sub-select, because PostgreSQL replans a statement when it sees their length. */
export function unnested<Row>(columns: readonly ParameterColumn<Row>[], firstParameter: number, alias: string): string {
  const arrays = columns.map(({ type }, index) => `(SELECT $${firstParameter + index}::${type}[])`);
  return `unnest(${arrays.join(', ')}) AS ${alias} (${columns.map(({ name }) => name).join(', ')})`;
}

/** Returns the values of the array parameters. */
export function valuesOf<Row>(columns: readonly ParameterColumn<Row>[], rows: readonly Row[]): unknown[][] {
  return columns.map(({ of }) => rows.map(of));
}
