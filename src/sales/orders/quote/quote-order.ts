import { v7 } from 'uuid';
import type { Ctx } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { queryShared } from '../../../database/batching/shared-connections';
import { JsonText, ok, type Reply } from '../../../http/output/reply';
import type { Parsed } from '../../../schema/schema';
import { destinationOf } from '../../pricing/destination';
import { priceFault } from '../../pricing/price-faults';
import { taxRulesOf } from '../../pricing/tax-rules';
import { identifiedLines } from '../placing/identified-lines';
import { lineRefusal } from '../placing/line-faults';
import { linesOf } from '../placing/new-order';
import type { newQuoteSchema } from './quote.schemas';
import { type QuoteRow, quoteOrders } from './quotes.statement';

/**
 * Returns what an order would cost now, to the cent, by the SQL that places it. Throws what that would be refused for: `product_unavailable`,
 * `discount_code_unknown`, `shipping_unavailable` (422), `insufficient_stock` or a discount code that does not hold (409).
 */
export async function quoteOrder(ctx: Ctx, request: Parsed<typeof newQuoteSchema>): Promise<Reply> {
  const items = await identifiedLines(ctx, request.items);
  const order = {
    id: v7(),
    buyer: actorId(ctx.actor),
    place: destinationOf(ctx.env, request.shippingAddress),
    method: request.shippingMethod ?? null,
    code: request.discountCode ?? null,
    lines: linesOf(items),
  };
  const [row] = await queryShared<QuoteRow & Record<string, unknown>>(ctx, quoteOrders([order], taxRulesOf(ctx.env)));
  if (!row) throw new Error('A quote returned no row.');
  const problem = lineRefusal(items, row.found ?? []) ?? priceFault(row);
  if (problem) throw problem;
  return ok(new JsonText(row.body));
}
