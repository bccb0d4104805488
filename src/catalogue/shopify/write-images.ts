import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { queryAll } from '../../database/sql/statement';
import { createMany } from '../../resource/bulk';
import { creationSchema } from '../../resource/definition/schemas';
import { jsonPointer, STRICT, validate } from '../../schema/validate';
import { images } from '../images/image.resource';
import { imageService } from '../images/image.service';
import type { ShopifyProduct } from './shopify-product';
import type { ShopifyRow } from './shopify-row';

interface Picture {
  readonly product: ShopifyProduct;
  readonly row: ShopifyRow;
  readonly url: string;
}

/** Adds the images that the products of the file do not have yet, by their URL; sets the outcome of rows that are an image alone. */
export async function writeImages(tx: TxContext, products: readonly ShopifyProduct[]): Promise<void> {
  const pictures = products.flatMap((product) =>
    product.rows.flatMap((row): Picture[] => (row.text('imageUrl') === '' ? [] : [{ product, row, url: row.text('imageUrl') }])),
  );
  if (pictures.length === 0) return;
  const owners = await ownersOf(tx, [...new Set(pictures.map(({ product }) => product.slug))]);
  const wanted = pictures.flatMap((picture) => {
    const owner = owners.get(picture.product.slug);
    if (owner && !owner.urls.includes(picture.url)) return [{ ...picture, values: valuesOf(picture, owner) }];
    if (!owner) refuseAlone(picture, 'unknown_reference', 'The product of the image was not imported');
    return [];
  });
  if (wanted.length === 0) return;
  requirePermission(tx, 'images:write');
  const valid = wanted.flatMap((picture) => {
    const { value, violations } = validate(creationSchema(images), picture.values, STRICT, jsonPointer);
    for (const { code, message } of violations) refuseAlone(picture, code, message);
    return violations.length > 0 ? [] : [{ ...picture, value }];
  });
  const results = await createMany(
    tx,
    imageService,
    valid.map(({ value }) => value),
  );
  for (const [at, picture] of valid.entries()) {
    const problem = results[at]?.problem;
    if (problem) refuseAlone(picture, problem.type.code, problem.detail);
    else if (!picture.row.isVariant) picture.row.row.outcome = 'created';
    else if (picture.row.row.outcome === 'unchanged') picture.row.row.outcome = 'updated';
  }
}

function valuesOf({ row }: Picture, { id, field }: Owner) {
  const position = Number(row.text('imagePosition'));
  const altText = row.text('imageAltText');
  return {
    [field]: id,
    url: row.text('imageUrl'),
    ...(altText && { altText: altText.slice(0, 500) }),
    ...(Number.isInteger(position) && position > 0 && { displayOrder: position }),
  };
}

/* The outcome of a variant with a bad image is that of the variant. */
function refuseAlone({ row: { row, isVariant } }: Picture, code: string, message: string): void {
  if (!isVariant) row.refuse({ pointer: '/imageUrl', code, message });
}

interface Owner {
  readonly id: string;
  readonly field: 'groupId' | 'productId';
  readonly urls: readonly string[];
}

/* The group of a slug, or else the product, with the URLs of its images. */
const OWNERS = `SELECT w.slug, o.id::text AS id, o.field, o.urls
  FROM unnest($1::text[]) AS w (slug), LATERAL (
    SELECT g.id, 'groupId' AS field, ARRAY(SELECT i.url FROM product_images i WHERE i.group_id = g.id AND i.deleted_at IS NULL AND i.url IS NOT NULL) AS urls
    FROM product_groups g WHERE g.slug = w.slug AND g.deleted_at IS NULL
    UNION ALL
    SELECT p.id, 'productId', ARRAY(SELECT i.url FROM product_images i WHERE i.product_id = p.id AND i.deleted_at IS NULL AND i.url IS NOT NULL)
    FROM products p WHERE p.slug = w.slug AND p.deleted_at IS NULL AND p.group_id IS NULL
    LIMIT 1
  ) o`;

async function ownersOf(tx: TxContext, slugs: readonly string[]): Promise<ReadonlyMap<string, Owner>> {
  const rows = await queryAll<Owner & { readonly slug: string } & Record<string, unknown>>(tx, { text: OWNERS, values: [slugs] });
  return new Map(rows.map((row) => [row.slug, row]));
}
