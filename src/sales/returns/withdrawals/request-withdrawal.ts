import { User } from '../../../accounts';
import type { TxContext } from '../../../context/context';
import { invalidBody } from '../../../problems/common-problems';
import { type Found, readObject } from '../../../resource/read/read-one';
import type { Order } from '../../orders/order.model';
import type { LineQuantity } from '../../orders/pieces/line-quantity.schemas';
import { lockOrder } from '../../orders/transitions/move-order';
import { newReturn } from '../new-return';
import { requireReturner } from '../return.policy';
import { returns } from '../return.resource';
import { hashOfToken, newConfirmationToken } from './confirmation-token';
import { withdrawablePieces } from './withdrawable-pieces';
import { withdrawalStatement, withdrawnLines } from './withdrawal-statement';
import { requireInTime } from './withdrawal-window.queries';

/** The body of a withdrawal. */
export interface WithdrawalRequest {
  readonly items?: readonly LineQuantity[];
  readonly name?: string;
  readonly email?: string;
  readonly reason?: string;
}

/** A withdrawal that waits for its confirmation, and the token that confirms it, which is shown once. */
export interface PendingWithdrawal extends Found {
  readonly id: string;
  readonly confirmationToken: string;
}

/**
 * Prepares a withdrawal from a contract: the first of two steps, which changes nothing of the order. Throws `not_found` (404), `forbidden`
 * (403), `invalid_body` (422), `not_returnable`, `nothing_to_return`, `return_exceeds_shipped` or `withdrawal_expired` (409).
 */
export async function requestWithdrawal(tx: TxContext, orderId: string, request: WithdrawalRequest): Promise<PendingWithdrawal> {
  const order = await lockOrder(tx, orderId, { ifMatch: undefined, ifNoneMatch: undefined }, requireReturner);
  const { quantities: pieces } = await withdrawablePieces(tx, order, request.items);
  await requireInTime(tx, order);
  const { name, email } = await personOf(tx, order, request);
  const quantities = new Map([...pieces].map(([{ orderItemId }, quantity]) => [orderItemId, quantity]));
  const statement = withdrawalStatement(name, order, await withdrawnLines(tx, quantities));
  const token = newConfirmationToken();
  const values = { name, email, statement, confirmationHash: hashOfToken(token), reason: request.reason ?? null };
  const { id } = await newReturn(tx, order, { ...values, kind: 'withdrawal', status: 'pending' }, quantities);
  const found = await readObject(tx, returns, id, { fields: null, include: ['items'] });
  return { id, confirmationToken: token, ...found };
}

/* Who is known to the shop need not say again who they are (Directive 2011/83/EU, Article 11a, 2). */
async function personOf(tx: TxContext, order: Order, given: WithdrawalRequest): Promise<{ name: string; email: string }> {
  const { transaction } = tx;
  const user = order.userId === null ? null : await User.findByPk(order.userId, { paranoid: false, transaction });
  const name = given.name ?? (user ? `${user.firstName} ${user.lastName}` : addressee(order));
  const email = given.email ?? user?.email ?? order.email ?? undefined;
  const errors = Object.entries({ name, email }).flatMap(([member, value]) =>
    value === undefined ? [{ pointer: `/${member}`, code: 'required', message: `${member} is required` }] : [],
  );
  if (name === undefined || email === undefined)
    throw invalidBody.because('Say who withdraws, and where the receipt goes: "name" and "email".', { errors });
  return { name, email };
}

function addressee({ shippingAddress }: Order): string | undefined {
  const name = shippingAddress?.name;
  return typeof name === 'string' && name.trim().length > 0 && name.length <= 200 ? name.trim() : undefined;
}
