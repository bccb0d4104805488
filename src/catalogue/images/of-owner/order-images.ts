import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { lockRow } from '../../../resource/write/lock-row';
import { imagesChanged } from '../../problems';
import type { ImageOwner } from '../image.resource';

/* The images first and their owner then: locks are taken in the order of the tables. */
const lockStatement = (column: string) =>
  `SELECT id FROM product_images WHERE ${column} = $1::uuid AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE`;
/* Whoever adds an image waits for the owner, so the set that is read now is the one that is ordered. */
const readStatement = (column: string) => `SELECT id FROM product_images WHERE ${column} = $1::uuid AND deleted_at IS NULL`;
/* An image that is in its place already is not changed. */
const ORDER = `UPDATE product_images i SET display_order = o.place - 1 FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, place)
  WHERE i.id = o.id AND i.display_order <> o.place - 1`;

/**
 * Puts the images of a product or a group in the order of these ids. Throws `not_found` (404), and `images_changed` (409) where the ids are
 * not exactly those of its images, because one was added or deleted since the client read them.
 */
export async function orderImages(tx: TxContext, owner: ImageOwner, ownerId: string, imageIds: readonly string[]): Promise<void> {
  await queryAll(tx, { text: lockStatement(owner.column), values: [ownerId] });
  await lockRow(tx, owner.resource(), ownerId);
  const rows = await queryAll<{ id: string }>(tx, { text: readStatement(owner.column), values: [ownerId] });
  const present = new Set(rows.map(({ id }) => id));
  if (present.size !== imageIds.length || !imageIds.every((id) => present.has(id))) throw changed(present.size);
  await queryAll(tx, { text: ORDER, values: [imageIds] });
}

function changed(count: number) {
  return imagesChanged.because(`Send the id of each of its ${count} images exactly once. Read them again: one was added or deleted since.`);
}
