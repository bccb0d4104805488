import { createHash } from 'node:crypto';
import { slugOf } from '../../resource/write/slug/slug-of';
import { WEB_ADDRESS } from '../../schema/format';
import { normalizedGtin } from '../../schema/gtin';
import { variantName } from '../groups/creation/new-variant';
import { MAX_STOCK } from '../products/product.schemas';
import type { ShopifyProduct } from './shopify-product';
import type { ShopifyRow } from './shopify-row';
import { axisNames } from './write-groups';

const MAX_SKU = 64;
const DIGEST_LENGTH = 8;

/* Shopify's archived products are those that are no longer sold. */
const STATUSES: Readonly<Record<string, string>> = { active: 'active', draft: 'draft', archived: 'discontinued', unlisted: 'inactive' };

/** Gives the variants of a product the values that they have as products. */
export async function setProductValues(product: ShopifyProduct): Promise<void> {
  const skus = new Set<string>();
  for (const variant of product.variants) {
    const optionValues = product.group ? optionValuesOf(product, variant) : {};
    const sku = variant.text('sku') || (await derivedSku(product.handle, Object.values(optionValues)));
    if (skus.has(sku.toLowerCase())) {
      variant.row.refuse({ pointer: '/sku', code: 'duplicate', message: `Another variant of ${product.handle} has the SKU ${sku}` });
      continue;
    }
    skus.add(sku.toLowerCase());
    setValues(product, variant, sku, optionValues);
  }
  for (const { row, isVariant } of product.rows) if (!isVariant) row.outcome ??= 'unchanged';
}

function setValues(product: ShopifyProduct, variant: ShopifyRow, sku: string, optionValues: Record<string, string>): void {
  const { head, group } = product;
  const { row } = variant;
  const isWhole = head.text('title') !== '';
  const set = (field: string, value: unknown) => row.given.set(field, value);
  set('sku', sku);
  row.references.set('groupSlug', group ? product.slug : null);
  if (group) set('optionValues', optionValues);
  if (group) set('name', variantName({ ...group }, { optionValues }));
  else if (isWhole) set('name', head.text('title'));
  if (!group && isWhole) set('slug', product.slug);
  if (!group && isWhole && head.has('description')) set('description', head.text('description') || null);
  if (isWhole && head.has('vendor')) set('brand', head.text('vendor') || null);
  if (variant.text('price') !== '') set('price', variant.text('price'));
  const status = isWhole ? statusOf(head) : undefined;
  if (status !== undefined) set('status', status);
  const gtin = normalizedGtin(variant.text('barcode'));
  if (gtin !== null) set('gtin', gtin);
  const imageUrl =
    variant.text('variantImageUrl') || product.rows.map((each) => each.text('imageUrl')).find((url) => WEB_ADDRESS.pattern.test(url));
  if (imageUrl) set('imageUrl', imageUrl);
  setForNew(product, variant, gtin === null);
}

/* Sales and people change the stock and attributes of a product that is there. */
function setForNew({ head }: ShopifyProduct, variant: ShopifyRow, keepsBarcode: boolean): void {
  const { row } = variant;
  const quantity = Number(variant.text('quantity') || 0);
  if (Number.isInteger(quantity)) row.given.set('stockQuantity', Math.min(Math.max(quantity, 0), MAX_STOCK));
  const attributes = {
    ...(head.text('type') && { type: head.text('type') }),
    ...(variant.text('grams') && { weightGrams: Number(variant.text('grams')) }),
    ...(keepsBarcode && variant.text('barcode') && { barcode: variant.text('barcode') }),
  };
  row.given.set('attributes', attributes);
  for (const field of ['stockQuantity', 'attributes']) row.forNewOnly.add(field);
}

function optionValuesOf(product: ShopifyProduct, { row, axisValues }: ShopifyRow): Record<string, string> {
  const names = axisNames(product, product.group?.options ?? []);
  for (const [at, value] of axisValues.entries()) {
    if (value === '' || names[at]) continue;
    row.refuse({
      pointer: `/Option${at + 1} Name`,
      code: 'required',
      message: `Option${at + 1} has the value ${value.slice(0, 100)}, and no name`,
    });
  }
  return Object.fromEntries(axisValues.map((value, at) => [names[at] ?? '', value]).filter(([name, value]) => name !== '' && value !== ''));
}

/* The same for the same variant, so that the file can be imported again. */
async function derivedSku(handle: string, values: readonly string[]): Promise<string> {
  const whole = [handle, ...values].join(' ');
  const sku = (await slugOf(whole, 2 * MAX_SKU, 'product')).toUpperCase();
  if (sku.length <= MAX_SKU) return sku;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, DIGEST_LENGTH);
  return `${sku.slice(0, MAX_SKU - DIGEST_LENGTH - 1)}-${digest.toUpperCase()}`;
}

/* A product that is active, and published nowhere, is not for sale. */
function statusOf(head: ShopifyRow): string | undefined {
  const isHidden = head.text('published').toLowerCase() === 'false';
  const status = head.text('status').toLowerCase();
  if (status === '') return head.has('published') ? (isHidden ? 'draft' : 'active') : undefined;
  return status === 'active' && isHidden ? 'inactive' : (STATUSES[status] ?? status);
}
