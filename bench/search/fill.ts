import type { Client } from 'pg';
import { readWords } from './words';

const BATCH = 50_000;
const JAPANESE = ['寿司', '茶碗', '急須', '抹茶', '醤油', '味噌', '箸', '布団', '着物', '扇子', '風呂敷', '包丁', '弁当箱', '座布団'];

/**
 * Fills a migrated database, as its superuser, with products whose names and descriptions are made of real words, skewed as shops are. It is
 * one transaction, so a fill that is killed leaves nothing; the indexes are built at its end, in a third of the time.
 */
export async function fillCatalogue(client: Client, products: number, log: (line: string) => void): Promise<void> {
  const { categories, titles, brands, sentences } = readWords();
  await client.query("BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'; SELECT setseed(0.5)");
  const indexes = (await client.query<{ name: string; definition: string }>(INDEXES)).rows;
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await client.query(CATEGORIES, [JSON.stringify(categories)]);
  await client.query(`INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Tag ' || n, 'tag-' || n FROM generate_series(1, 200) n`);
  for (let from = 1; from <= products; from += BATCH) {
    const to = Math.min(from + BATCH - 1, products);
    await client.query(PRODUCTS, [from, to, titles, brands, sentences, JAPANESE]);
    log(`${to} of ${products} products`);
  }
  for (const { name, definition } of indexes) {
    log(`Building ${name}`);
    await client.query(definition);
  }
  await client.query('COMMIT');
  for (const statement of ['VACUUM (ANALYZE) products', 'ANALYZE', 'CHECKPOINT']) await client.query(statement);
}

const INDEXES = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
  WHERE indrelid = 'products'::regclass AND NOT indisprimary`;

const CATEGORIES = `
  WITH RECURSIVE given AS (
    SELECT uuid_v7() AS id, c.name, c.slug, c."parentSlug" AS parent FROM jsonb_to_recordset($1::jsonb) AS c (name text, slug text, "parentSlug" text)
  ), placed AS (
    SELECT id, name, slug, NULL::uuid AS parent_id, '/' || id || '/' AS path, 0 AS level FROM given WHERE parent = ''
    UNION ALL
    SELECT g.id, g.name, g.slug, p.id, p.path || g.id || '/', p.level + 1 FROM placed p JOIN given g ON g.parent = p.slug
  )
  INSERT INTO categories (id, name, slug, parent_id, path, level, position)
  SELECT *, row_number() OVER (PARTITION BY parent_id ORDER BY slug) - 1 FROM placed ON CONFLICT DO NOTHING`;

/* The name is one of the taxonomy, after a brand or a title, or Japanese (1 %); the description is three sentences. */
const PRODUCTS = `
  WITH shelves AS (SELECT array_agg(id ORDER BY slug) AS ids, array_agg(name ORDER BY slug) AS names, count(*)::int AS size FROM categories)
  INSERT INTO products (id, name, slug, sku, brand, model, description, price, stock_quantity, status, featured, view_count, rating, review_count,
    category_id, attributes, created_at, updated_at)
  SELECT overlay(uuid_v7()::text placing lpad(to_hex(n % 256), 2, '0') from 35)::uuid,
    CASE WHEN n % 100 = 0 THEN ($6::text[])[1 + (n / 100) % cardinality(($6::text[]))] || ($6::text[])[1 + (n / 1700) % cardinality(($6::text[]))] || 'セット'
      WHEN n % 3 = 0 THEN ($3::text[])[1 + floor(power(r1, 2) * cardinality(($3::text[])))::int] || ' ' || names[shelf]
      ELSE brand || ' ' || names[shelf] END,
    'product-' || n, 'SKU-' || lpad(n::text, 7, '0'), brand, CASE WHEN n % 4 = 0 THEN 'M' || n % 9000 END,
    ($5::text[])[1 + floor(power(r2, 2) * cardinality(($5::text[])))::int] || ' ' || ($5::text[])[1 + floor(r3 * cardinality(($5::text[])))::int] || ' ' || ($5::text[])[1 + floor(r1 * cardinality(($5::text[])))::int],
    round((1 + power(r3, 4) * 2000)::numeric, 2), greatest(0, (r2 * 220 - 20)::int),
    CASE WHEN n % 20 < 17 THEN 'active' WHEN n % 20 = 17 THEN 'draft' WHEN n % 20 = 18 THEN 'inactive' ELSE 'discontinued' END,
    n % 50 = 0, (power(r4, 6) * 100000)::bigint, round((r4 * 5)::numeric, 2), (r4 * 100)::int, ids[shelf],
    jsonb_build_object('colour', (ARRAY['red','blue','green','black','white'])[1 + n % 5], 'material', (ARRAY['steel','oak','linen','wool'])[1 + n / 5 % 4]),
    now() - (2000000 - n) * interval '15 seconds', now() - (2000000 - n) * interval '15 seconds'
  FROM shelves, generate_series($1::int, $2::int) n, LATERAL (SELECT random() + n * 0 AS r1, random() AS r2, random() AS r3, random() AS r4) r,
    LATERAL (SELECT 1 + floor(power(r2, 2) * size)::int AS shelf, ($4::text[])[1 + floor(power(r3, 2) * cardinality(($4::text[])))::int] AS brand) s`;
