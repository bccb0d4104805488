import { Decimal } from 'decimal.js';
import type { TxContext } from '../../context/context';
import { invalidBody } from '../../problems/common-problems';
import { requireAmountOf } from '../../resource/write/checks/require-amounts';
import { amountText } from '../../schema/currencies';
import type { Order } from '../orders/order.model';
import type { LineQuantity } from '../orders/pieces/line-quantity.schemas';
import { piecesOfOrder } from '../orders/pieces/pieces.queries';
import { requireQuantities } from '../orders/pieces/require-quantities';
import { alreadyRefunded } from '../problems';
import { type CostedPieces, costsOfPieces } from './pieces/costs-of-pieces.queries';
import { piecesOfRefundableReturn } from './pieces/pieces-of-refundable-return';
import { Refund } from './refund.model';
import type { RestockedProduct } from './require-restockable';

/** The body of a refund: an amount, or what it is for. */
export interface RefundRequest {
  readonly amount?: string;
  readonly items?: readonly LineQuantity[];
  readonly returnId?: string;
  readonly includeShipping?: boolean;
  readonly restock?: readonly RestockedProduct[];
  readonly restockItems?: boolean;
  readonly reason?: string;
}

/** What is asked for: its amount, the pieces that it is for, and the goods that go back. */
export interface RequestedRefund {
  readonly amount: Decimal;
  readonly items: readonly CostedPieces[];
  readonly restock: readonly RestockedProduct[];
}

/**
 * Returns what a request refunds of a locked order, with amounts as the database computes them; throws `invalid_body` (422),
 * `already_refunded` or `not_refundable` (409).
 */
export async function contentOfRefund(tx: TxContext, order: Order, request: RefundRequest): Promise<RequestedRefund> {
  requireOneBasis(request);
  const { amount, restock = [], restockItems = false, includeShipping = false } = request;
  if (amount !== undefined) {
    requireAmountOf(order.currency, 'amount', amount);
    return { amount: new Decimal(amount), items: [], restock };
  }
  const chosen = await chosenPieces(tx, order, request);
  const items = await costsOfPieces(tx, chosen.quantities);
  const shipping = includeShipping ? await shippingOf(order, tx) : new Decimal(0);
  const sum = items.reduce((total, item) => total.plus(item.amount), shipping);
  return { amount: sum, items, restock: restockItems ? chosen.restock : restock };
}

function requireOneBasis({ amount, items, returnId, includeShipping = false, restock, restockItems = false }: RefundRequest): void {
  const bases = [amount, items, returnId].filter((basis) => basis !== undefined).length;
  if (bases > 1 || (bases === 0 && !includeShipping))
    throw refused('/amount', 'name one of "amount", "items" and "returnId", or only "includeShipping"');
  if (amount !== undefined && includeShipping)
    throw refused('/includeShipping', '"amount" is all that is refunded; leave "includeShipping" out');
  if (!restockItems) return;
  if (items === undefined && returnId === undefined) throw refused('/restockItems', '"restockItems" takes "items" or "returnId"');
  if (restock !== undefined) throw refused('/restockItems', '"restockItems" and "restock" exclude each other');
}

interface ChosenPieces {
  /** By line of the order. */
  readonly quantities: ReadonlyMap<string, number>;
  readonly restock: readonly RestockedProduct[];
}

async function chosenPieces(tx: TxContext, order: Order, { items, returnId, restockItems = false }: RefundRequest): Promise<ChosenPieces> {
  if (returnId !== undefined) return piecesOfRefundableReturn(tx, order, returnId, restockItems);
  if (items === undefined) return { quantities: new Map(), restock: [] };
  const wanted = requireQuantities(await piecesOfOrder(tx, order.id), items, {
    most: ({ ordered, refunded }) => ordered - refunded,
    refusal: alreadyRefunded,
    detail: 'More pieces would be refunded than are left; lower the quantities of the lines that "errors" names.',
  });
  return {
    quantities: new Map([...wanted].map(([{ orderItemId }, quantity]) => [orderItemId, quantity])),
    restock: [...wanted].map(([{ productId }, quantity]) => ({ productId, quantity })),
  };
}

/* Its tax is part of what was paid where prices are without it. */
async function shippingOf({ id, currency, shipping, shippingTax, pricesIncludeTax }: Order, { transaction }: TxContext): Promise<Decimal> {
  const cost = new Decimal(shipping).plus(pricesIncludeTax ? 0 : shippingTax);
  const earlier = await Refund.findOne({ where: { orderId: id, includesShipping: true }, attributes: ['id'], transaction });
  if (!earlier) return cost;
  throw alreadyRefunded.because(`The shipping of ${amountText(currency, cost)} is refunded already. Leave "includeShipping" out.`);
}

function refused(pointer: string, message: string) {
  return invalidBody.because(message, { errors: [{ pointer, code: 'invalid', message }] });
}
