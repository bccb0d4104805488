import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { PendingWrite } from '../../../resource/write/pending-write';
import { alreadyReviewed } from '../../problems';

/* The products are locked, so that no other review comes meanwhile; the unique index has the last word. */
const PRESENT = `SELECT w.position::int AS position, r.id::text AS id
  FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[])) WITH ORDINALITY AS w (author_id, product_id, position)
  JOIN reviews r ON r.author_id = w.author_id AND r.product_id = w.product_id AND r.deleted_at IS NULL`;

/** Refuses, with `already_reviewed` (409), each review whose author has a live one of the same product already. */
export async function refuseSecondReviews(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const keys = writes.map(keyOf);
  const values = [keys.map(({ authorId }) => authorId), keys.map(({ productId }) => productId)];
  const present = await queryAll<{ position: number; id: string }>(tx, { text: PRESENT, values });
  for (const { position, id } of present) {
    writes[position - 1]?.refuse(
      alreadyReviewed.because(`Its author has reviewed this product already. Change that review: PATCH /v1/reviews/${id}.`),
    );
  }
  refuseRepeated(writes);
}

function refuseRepeated(writes: readonly PendingWrite[]): void {
  const seen = new Set<string>();
  for (const write of writes) {
    const { authorId, productId } = keyOf(write);
    const key = `${authorId} ${productId}`;
    if (seen.has(key)) write.refuse(alreadyReviewed.because('Another operation of this request reviews the same product.'));
    seen.add(key);
  }
}

function keyOf(write: PendingWrite): { readonly authorId: string; readonly productId: string } {
  return { authorId: String(write.valueAfter('authorId')), productId: String(write.valueAfter('productId')) };
}
