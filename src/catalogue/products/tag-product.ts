import type { TxContext } from '../../context/context';
import { notFound } from '../../problems/common-problems';
import { lockRow } from '../../resource/write/lock-row';
import { ProductTag } from '../tags/product-tag.model';
import { tags } from '../tags/tag.resource';
import { products } from './product.resource';

/** Adds a tag to a product; adding it again changes nothing. Throws `not_found` (404) for either. */
export async function tagProduct(tx: TxContext, productId: string, tagId: string): Promise<void> {
  await lockRow(tx, products, productId);
  await lockRow(tx, tags, tagId);
  await ProductTag.bulkCreate([{ productId, tagId }], { ignoreDuplicates: true, validate: true, transaction: tx.transaction });
}

/** Removes a tag from a product; throws `not_found` (404) where the product does not have it. */
export async function untagProduct(tx: TxContext, productId: string, tagId: string): Promise<void> {
  await lockRow(tx, products, productId);
  const removed = await ProductTag.destroy({ where: { productId, tagId }, transaction: tx.transaction });
  if (removed === 0) throw notFound.because('The product does not have this tag.');
}
