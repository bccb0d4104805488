import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { defineEventQueue } from '../../../events/queues/event-queue';
import { send } from '../../../jobs';
import { nullable, object, oneOf, type Parsed, uuid } from '../../../schema/schema';
import { mailDocument } from '../mail/mail-document.queue';
import { issueDocument } from './issue-document.statement';

const dataSchema = object({ kind: oneOf('confirmation', 'invoice', 'credit_note'), orderId: nullable(uuid()), refundId: nullable(uuid()) });

type Data = Parsed<typeof dataSchema>;

const KINDS = { 'orders.placed': 'confirmation', 'orders.paid': 'invoice', 'refunds.created': 'credit_note' } as const;

/** Issues the document of an order that was placed or paid, or of a refund, and sends the job that mails it. */
export const issueDocuments = defineEventQueue<Data>({
  name: 'issue-documents',
  reason: 'A customer gets a document of what was ordered, paid or refunded.',
  data: dataSchema,
  types: Object.keys(KINDS),
  dataOf: ({ type, object: { id } }) => {
    const kind = KINDS[type as keyof typeof KINDS];
    return kind === 'credit_note' ? { kind, orderId: null, refundId: id } : { kind, orderId: id, refundId: null };
  },
  transaction: 'managed',
  work: issue,
});

const ORDER_OF_REFUND = 'SELECT order_id FROM refunds WHERE id = $1::uuid';
/* Two jobs of one order go one after the other, and the order stays as it is written down. */
const LOCK_ORDER = 'SELECT FROM orders WHERE id = $1::uuid FOR NO KEY UPDATE';
const NEW_MAIL = 'INSERT INTO document_mails (id, document_id) VALUES ($1::uuid, $2::uuid)';

async function issue(tx: TxContext, { data: { kind, orderId: given, refundId } }: { readonly data: Data }): Promise<void> {
  const orderId = given ?? (await orderOf(tx, refundId));
  if (orderId === null) return;
  await queryAll(tx, { text: LOCK_ORDER, values: [orderId] });
  // Whoever is refunded without having been invoiced gets the invoice, too: its event came first, and its job may not have.
  if (kind === 'credit_note') await issueAndMail(tx, { kind: 'invoice', orderId, refundId: null });
  await issueAndMail(tx, { kind, orderId, refundId });
}

async function issueAndMail(tx: TxContext, document: { kind: Data['kind']; orderId: string; refundId: string | null }): Promise<void> {
  const [issued] = await queryAll<{ id: string }>(tx, issueDocument({ id: v7(), ...document }, tx.env));
  if (!issued) return;
  await queryAll(tx, { text: NEW_MAIL, values: [v7(), issued.id] });
  await send(tx, mailDocument, { documentId: issued.id });
}

async function orderOf(tx: TxContext, refundId: string | null): Promise<string | null> {
  const [row] = await queryAll<{ order_id: string }>(tx, { text: ORDER_OF_REFUND, values: [refundId] });
  return row?.order_id ?? null;
}
