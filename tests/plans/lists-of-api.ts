import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../src/resource/definition/resource';
import { componentName } from '../../src/resource/definition/schemas';
import type { Shop } from '../support/shop';

/** A list of the API. */
export interface List {
  readonly resource: Resource;
  /** As the OpenAPI document has it: `/v1/products/{id}/reviews`. */
  readonly path: string;
}

const PAGE = /^#\/components\/schemas\/(\w+)Page$/;

/* It has neither filters nor sorts: it walks the positions of events. */
const FEED = '/v1/events';

/** Returns every list of the OpenAPI document with the resource of its page, so that none is forgotten. */
export function listsOfApi(): List[] {
  const resources = new Map(declaredResources().map((resource) => [componentName(resource.one), resource]));
  return Object.entries(document().paths).flatMap(([path, { get }]) => {
    const [, name] = PAGE.exec(get?.responses['200']?.content?.['application/json']?.schema.$ref ?? '') ?? [];
    if (name === undefined || path === FEED) return [];
    const resource = resources.get(name);
    if (!resource) throw new Error(`${path} has a page of "${name}", which no *.resource.ts declares`);
    return [{ resource, path }];
  });
}

/* The objects with the most rows below them, or above. */
const OWNERS: Readonly<Record<string, string>> = {
  '/v1/categories/{id}/ancestors': 'SELECT id FROM categories ORDER BY level DESC, id LIMIT 1',
  '/v1/categories/{id}/descendants': 'SELECT id FROM categories ORDER BY level, id LIMIT 1',
  '/v1/products/{id}/prices': busiest('price_entries', 'product_id'),
  '/v1/products/{id}/images': busiest('product_images', 'product_id'),
  '/v1/products/{id}/reviews': busiest('reviews', 'product_id'),
  '/v1/product-groups/{id}/images': busiest('product_images', 'group_id'),
  '/v1/users/{id}/balance/entries': busiest('balance_entries', 'user_id'),
  '/v1/orders/{id}/refunds': busiest('refunds', 'order_id'),
  '/v1/orders/{id}/shipments': busiest('shipments', 'order_id'),
  '/v1/orders/{id}/returns': busiest('returns', 'order_id'),
  '/v1/webhooks/{id}/deliveries': busiest('webhook_deliveries', 'webhook_id'),
  '/v1/webhooks/{id}/deliveries/{deliveryId}/attempts': `SELECT webhook_id AS id, id AS "deliveryId" FROM webhook_deliveries LIMIT 1`,
};

/** Returns the path of a list with the ids of the objects that it is below. */
export async function pathOf(shop: Shop, { path }: List): Promise<string> {
  if (!path.includes('{')) return path;
  const sql = OWNERS[path];
  if (!sql) throw new Error(`${path} needs an object to be below of`);
  const [ids = {}] = await shop.query<Record<string, string>>(sql);
  return path.replace(/\{(\w+)\}/g, (_, name) => String(ids[name]));
}

function busiest(table: string, column: string): string {
  return `SELECT ${column} AS id FROM ${table} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT 1`;
}

function declaredResources(): Resource[] {
  const folder = join(__dirname, '../../src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.resource.ts'));
  const exported = files.flatMap((file) => Object.values(require(join(folder, file)) as object));
  return exported.filter(
    (value): value is Resource => typeof value === 'object' && value !== null && 'fields' in value && 'verbs' in value,
  );
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>> }>
  >;
}

function document(): { readonly paths: Readonly<Record<string, { readonly get?: Operation }>> } {
  return JSON.parse(readFileSync(process.env.TEST_OPENAPI_FILE ?? '', 'utf8'));
}
