import type { TxContext } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { createMany } from '../../resource/bulk';
import { creationSchema } from '../../resource/definition/schemas';
import { slugOf } from '../../resource/write/slug/slug-of';
import { jsonPointer, STRICT, validate } from '../../schema/validate';
import { Tag } from '../tags/tag.model';
import { tags } from '../tags/tag.resource';
import { tagService } from '../tags/tag.service';
import type { ShopifyProduct } from './shopify-product';

const MAX_SLUG = 120;

/** Creates the tags that products name and that are not there, and links the products to theirs. */
export async function writeTags(tx: TxContext, products: readonly ShopifyProduct[]): Promise<void> {
  const names = new Map<string, string>();
  for (const product of products) {
    const { head } = product;
    if (!head.has('tags') || head.text('title') === '') continue;
    const own = await Promise.all(tagsOf(head.text('tags')).map(async (name) => [await slugOf(name, MAX_SLUG, 'tag'), name] as const));
    for (const [slug, name] of own) if (!names.has(slug)) names.set(slug, name);
    for (const { row } of product.variants)
      row.links.set(
        'tags',
        own.map(([slug]) => slug),
      );
  }
  const missing = await missingTags(tx, names);
  if (missing.length === 0) return;
  requirePermission(tx, 'tags:write');
  // A tag that is refused is missing where a row names it, and is refused there.
  const validated = missing.map((values) => validate(creationSchema(tags), values, STRICT, jsonPointer));
  await createMany(
    tx,
    tagService,
    validated.filter(({ violations }) => violations.length === 0).map(({ value }) => value),
  );
}

function tagsOf(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

async function missingTags({ transaction }: TxContext, names: ReadonlyMap<string, string>) {
  if (names.size === 0) return [];
  const found = await Tag.findAll({ where: { slug: [...names.keys()] }, attributes: ['slug'], transaction });
  const there = new Set(found.map(({ slug }) => slug));
  return [...names].filter(([slug]) => !there.has(slug)).map(([slug, name]) => ({ name, slug }));
}
