import type { Ctx } from '../../../context/context';
import { SharedStatement } from '../../../database/batching/batched-command';
import { JsonText } from '../../../http/output/reply';
import type { Found } from '../../../resource/read/read-one';
import { type NewOrder, type OrderUnit, orderUnit } from './new-order';
import { type Outcome, placeOrders } from './place-orders.statement';
import { refusal } from './refusal';

const placing = new SharedStatement<OrderUnit, Outcome>(placeOrders);

/**
 * Places an order in one transaction: takes the stock, the prices of now and, for `balance`, the money. Throws
 * `product_unavailable` (422), `insufficient_stock`, `total_mismatch` or `insufficient_balance` (409); nothing has happened then.
 */
export async function placeOrder(ctx: Ctx, userId: string, wanted: NewOrder): Promise<Found & { readonly id: string }> {
  const unit = orderUnit(userId, wanted);
  const outcome = await placing.run(ctx, unit);
  const { body, version } = outcome;
  if (body === null || version === null) throw refusal(unit, outcome);
  return { id: unit.id, text: new JsonText(body), version, digest: null };
}
