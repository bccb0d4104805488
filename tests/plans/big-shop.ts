import { Client } from 'pg';
import { dropIndexes } from './drop-indexes';
import { SHIPPING_STEPS } from './shipping-steps';

/*
 * The statements that fill a shop with 100,000 products and 100,000 orders, skewed as real shops are (a few big brands, mostly active
 * products, few deleted ones). Triggers are off meanwhile, so these statements fill the ledgers and the log, too. What is
 * independent in a shop is independent here: the planner takes it for that, and remainders of one number by several are not.
 */
const STEPS: readonly (readonly [what: string, sql: string])[] = [
  [
    '400 categories',
    `WITH roots AS (SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid AS id, n FROM generate_series(1, 20) n),
       below AS (SELECT uuid_v7() AS id, r.id AS parent, r.n * 100 + m AS n FROM roots r, generate_series(1, 19) m)
     INSERT INTO categories (id, name, slug, parent_id, path, level, position)
     SELECT id, 'Department ' || n, 'department-' || n, NULL, '/' || id || '/', 0, n FROM roots
     UNION ALL SELECT id, 'Category ' || n, 'category-' || n, parent, '/' || parent || '/' || id || '/', 1, n FROM below`,
  ],
  ['300 tags', `INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Tag ' || n, 'tag-' || n FROM generate_series(1, 300) n`],
  [
    '10,000 groups',
    `INSERT INTO product_groups (id, name, slug, category_id, options, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), 'Group ' || n, 'group-' || n, ids[1 + n % 400], '[{"name":"Size","values":["S","M","L","XL"]}]', made, made, CASE WHEN n % 50 = 7 THEN now() END
     FROM generate_series(1, 10000) n, (SELECT array_agg(id ORDER BY slug) AS ids FROM categories) c, LATERAL (SELECT now() - (10000 - n) * interval '150 minutes' AS made) m`,
  ],
  [
    '100,000 products, the oldest 40,000 in groups',
    `WITH words AS (SELECT ARRAY['Steel','Copper','Oak','Linen','Wool','Ceramic','Garden','Kitchen','Travel','Pocket','Classic','Compact'] AS a,
         ARRAY['Kettle','Lamp','Chair','Blanket','Knife','Bottle','Backpack','Clock','Mug','Basket','Radio','Mirror'] AS b),
       shelves AS (SELECT array_agg(id ORDER BY slug) AS ids FROM categories)
     INSERT INTO products (id, name, slug, sku, brand, price, stock_quantity, status, featured, view_count, rating, category_id, description, popularity, gtin, attributes, group_id,
       option_values, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), a[1 + h % 12] || ' ' || b[1 + h / 12 % 12] || ' ' || n, 'product-' || lpad(k::text, 6, '0'), 'SKU-' || lpad(k::text, 6, '0'),
       CASE WHEN random() < 0.7 THEN 'Brand ' || floor(power(random(), 3) * 800)::int END, round((power(random(), 4) * 2000)::numeric, 2),
       greatest(0, (random() * 220 - 20)::int), CASE WHEN n % 20 < 17 THEN 'active' WHEN n % 20 = 17 THEN 'draft' WHEN n % 20 = 18 THEN 'inactive' ELSE 'discontinued' END,
       n % 500 = 0, (power(random(), 6) * 100000)::bigint, round((random() * 5)::numeric, 2), ids[1 + h / 144 % 400],
       'A ' || lower(b[1 + h / 12 % 12]) || ' for every day', CASE WHEN n % 3 = 0 THEN (random() * 130)::int ELSE 0 END,
       CASE WHEN n % 5 = 0 THEN lpad(n::text, 13, '0') || (10 - (
         SELECT sum(substr(lpad(n::text, 13, '0'), i, 1)::int * CASE WHEN i % 2 = 1 THEN 3 ELSE 1 END) FROM generate_series(1, 13) i) % 10) % 10 END,
       CASE WHEN n % 4 = 0 THEN jsonb_build_object('color', (ARRAY['red','red','red','blue','green'])[1 + n / 4 % 5], 'lot', (n % 5000)::text) ELSE '{}' END,
       g.id, CASE WHEN g.id IS NULL THEN '{}' ELSE jsonb_build_object('Size', ('{S,M,L,XL}'::text[])[1 + n % 4]) END, made, made + random() * interval '90 days', CASE WHEN random() < 0.02 THEN now() END
     FROM words, shelves, generate_series(1, 100000) n CROSS JOIN LATERAL (
         SELECT now() - (100000 - n) * interval '15 minutes' AS made, abs(hashint4(n)::bigint) AS h, n::bigint * 7919 % 100000 AS k) m
       LEFT JOIN product_groups g ON g.slug = 'group-' || (n + 3) / 4`,
  ],
  [
    '150,000 prices, 1,000 sales that run, and 4,000 that are over',
    `INSERT INTO price_entries (id, product_id, kind, currency, amount, valid_from, valid_to, created_at)
     SELECT uuid_v7(), id, kind, 'USD', price, began, ended, began FROM (
       SELECT id, price, 'regular' AS kind, created_at AS began, created_at + interval '30 days' AS ended FROM products
       UNION ALL SELECT id, price, 'regular', created_at + interval '30 days', NULL FROM products WHERE slug ~ '[02468]$'
       UNION ALL SELECT id, price, 'sale', now() - random() * interval '9 days', now() + interval '9 days' FROM products WHERE slug ~ '33$'
       UNION ALL SELECT id, price, 'sale', created_at, created_at + random() * interval '9 days' FROM products
         WHERE random() < 0.04 AND created_at < now() - interval '20 days'
       ORDER BY began
     ) p;
     UPDATE products SET prior_price = price, regular_price = price, on_sale_until = now() + interval '9 days' WHERE slug ~ '33$'`,
  ],
  [
    '200,000 tags of products',
    `INSERT INTO product_tags (id, product_id, tag_id)
     SELECT uuid_v7(), p.id, t.id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM products) p
     JOIN (SELECT id, row_number() OVER (ORDER BY slug) AS m FROM tags) t ON t.m IN (1 + p.n % 300, 1 + (p.n * 7 + 1) % 300)`,
  ],
  [
    '20,000 media',
    `INSERT INTO media (id, file_name, media_type, bytes, sha256, width, height, variants, created_at)
     SELECT uuid_v7(), 'photo-' || n || '.jpg', CASE WHEN n % 10 = 0 THEN 'image/png' ELSE 'image/jpeg' END, n, encode(sha256(n::text::bytea), 'hex'), 800, 600,
       jsonb_build_array(jsonb_build_object('width', 800, 'height', 600, 'url', '/media/' || encode(sha256(n::text::bytea), 'hex') || '/800.webp')),
       now() - (20000 - n) * interval '1 hour' FROM generate_series(1, 20000) n`,
  ],
  [
    '170,000 images',
    `INSERT INTO product_images (id, product_id, group_id, media_id, url, display_order, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), i.* FROM (
       SELECT id, NULL::uuid, NULL::uuid, 'https://cdn.example/' || slug || '-' || place, place, created_at AS made, updated_at, deleted_at
       FROM products, generate_series(0, 1) place WHERE place = 0 OR view_count % 2 = 0
       UNION ALL SELECT NULL, g.id, m.id, NULL, place, g.created_at, g.updated_at, g.deleted_at
       FROM (SELECT *, row_number() OVER (ORDER BY slug) AS n FROM product_groups) g CROSS JOIN generate_series(0, 1) place
       JOIN (SELECT id, row_number() OVER (ORDER BY file_name) AS n FROM media) m ON m.n = 2 * g.n - place
       ORDER BY made
     ) i`,
  ],
  [
    '50,000 users',
    `INSERT INTO users (id, email, username, first_name, last_name, is_active, email_verified, last_login_at, balance, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), left(md5('mail' || n), 10) || '@mail' || n % 40 || '.example', 'Customer' || n, 'First ' || n % 300, 'Family' || md5((n % 9000)::text),
       n % 100 <> 3, n % 4 <> 0, CASE WHEN n % 5 > 0 THEN now() - random() * interval '2 years' END, (n % 30)::numeric(12, 2),
       now() - (50000 - n) * interval '30 minutes', now() - random() * interval '200 days', CASE WHEN n % 100 = 9 THEN now() END
     FROM generate_series(1, 50000) n`,
  ],
  [
    '100,000 orders',
    `WITH buyers AS (SELECT array_agg(id) AS ids FROM users)
     INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, shipping, total, placed_at, paid_at, shipped_at, completed_at, cancelled_at, created_at, updated_at)
     SELECT uuid_v7(), 'SK-' || to_char(at, 'YYMMDD') || '-' || upper(left(md5(n::text), 10)), ids[1 + floor(power(random(), 2) * 50000)::int], s, CASE WHEN n % 3 = 0 THEN 'balance' ELSE 'external' END, 0.00, t, t, at,
       CASE WHEN s NOT IN ('pending', 'cancelled') THEN at + interval '1 hour' END, CASE WHEN s IN ('shipped', 'completed', 'refunded') THEN at + interval '1 day' END,
       CASE WHEN s IN ('completed', 'refunded') THEN at + interval '4 days' END, CASE WHEN s = 'cancelled' THEN at + interval '2 hours' END, at, at + interval '4 days'
     FROM buyers, generate_series(1, 100000) n,
       LATERAL (SELECT now() - (100000 - n) * interval '12 minutes' AS at, round((power(random(), 3) * 3000)::numeric, 2) AS t,
         CASE WHEN n > 99000 THEN 'pending' WHEN n > 98000 THEN 'paid' WHEN n > 97000 THEN 'shipped' WHEN n % 25 = 0 THEN 'cancelled' WHEN n % 12 = 0 THEN 'refunded' ELSE 'completed' END AS s) o`,
  ],
  [
    '8,000 refunds',
    `INSERT INTO refunds (id, order_id, amount, status, created_at, updated_at)
     SELECT uuid_v7(), id, greatest(0.01, total), CASE WHEN random() < 0.02 THEN 'pending' ELSE 'completed' END, completed_at, completed_at + random() * interval '3 days'
     FROM orders WHERE status = 'refunded'`,
  ],
  ...SHIPPING_STEPS,
  [
    '200,000 lines of orders',
    `WITH goods AS (SELECT array_agg(id) AS ids FROM products)
     INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal)
     SELECT uuid_v7(), o.id, ids[1 + (o.n * 17 + line * 31) % 100000], 'Product', 'SKU', 1, 0.00, 0.00
     FROM goods, (SELECT id, row_number() OVER () AS n FROM orders) o, generate_series(1, 2) line`,
  ],
  [
    '300,000 stock movements',
    `INSERT INTO stock_movements (id, product_id, delta, reason, order_id, refund_id, quantity_after, created_at)
     SELECT uuid_v7(), m.* FROM (
       SELECT id, stock_quantity + 1, 'adjustment', NULL::uuid, NULL::uuid, stock_quantity + 1, created_at AS moved FROM products
       UNION ALL SELECT i.product_id, -1, CASE WHEN r.id IS NULL THEN 'order' ELSE 'refund' END, i.order_id, r.id, 0, o.placed_at
       FROM order_items i JOIN orders o ON o.id = i.order_id LEFT JOIN refunds r ON r.order_id = o.id
       ORDER BY moved
     ) m`,
  ],
  [
    '60,000 balance entries',
    `INSERT INTO balance_entries (id, user_id, amount, balance_after, kind, order_id, refund_id, created_at)
     SELECT uuid_v7(), e.* FROM (
       SELECT user_id, -1.00, 0.00, 'order', id, NULL::uuid, placed_at AS made FROM orders WHERE payment_method = 'balance'
       UNION ALL SELECT o.user_id, r.amount, r.amount, 'refund', o.id, r.id, r.created_at FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.payment_method = 'balance'
       UNION ALL SELECT id, 30.00, 30.00, 'credit', NULL::uuid, NULL::uuid, created_at FROM users WHERE balance > 10
       ORDER BY made
     ) e`,
  ],
  [
    '200,000 reviews',
    `WITH goods AS (SELECT array_agg(id ORDER BY sku) AS ids FROM products), writers AS (SELECT array_agg(id ORDER BY username) AS ids FROM users)
     INSERT INTO reviews (id, product_id, author_id, rating, title, status, moderation_reason, verified_purchase, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), goods.ids[1 + floor(power(random(), 3) * 99999)::int], writers.ids[1 + n * 7919 % 50000], 1 + floor(power(random(), 0.4) * 5)::int % 5, 'Fine', s,
       CASE s WHEN 'rejected' THEN 'Not about the product' END, n % 3 = 0, made, made + random() * interval '30 days', CASE WHEN n % 60 = 7 THEN now() END
     FROM goods, writers, generate_series(1, 200000) n,
       LATERAL (SELECT CASE WHEN n % 400 = 1 THEN 'pending' WHEN n % 50 = 3 THEN 'rejected' ELSE 'published' END AS s, now() - (n * 7919 % 200000) * interval '7 minutes' AS made) m
     ON CONFLICT DO NOTHING`,
  ],
  [
    '20,000 posts',
    `WITH writers AS (SELECT array_agg(id ORDER BY username) AS ids FROM users)
     INSERT INTO posts (id, title, slug, body, status, published_at, author_id, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), 'How to brew ' || md5(n::text), 'post-' || n, 'Boil.', CASE WHEN n % 25 = 0 THEN 'draft' ELSE 'published' END,
       CASE WHEN n % 25 > 0 THEN made END, writers.ids[1 + n % 20], made, made + random() * interval '30 days', CASE WHEN n % 60 = 7 THEN now() END
     FROM writers, generate_series(1, 20000) n, LATERAL (SELECT now() - (n * 7919 % 20000 - 50) * interval '1 hour' AS made) m`,
  ],
  [
    '150,000 comments',
    `WITH goods AS (SELECT array_agg(id ORDER BY sku) AS ids FROM products), writers AS (SELECT array_agg(id ORDER BY username) AS ids FROM users),
       texts AS (SELECT array_agg(id ORDER BY slug) AS ids FROM posts)
     INSERT INTO comments (id, commentable_type, commentable_id, author_id, content, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), t, CASE t WHEN 'Post' THEN texts.ids[1 + floor(power(random(), 3) * 19999)::int] WHEN 'User' THEN writers.ids[1 + n % 50000] ELSE goods.ids[1 + n % 100000] END,
       writers.ids[1 + n * 7919 % 50000], 'Fine', made, made + random() * interval '30 days', CASE WHEN n % 60 = 7 THEN now() END
     FROM goods, writers, texts, generate_series(1, 150000) n, LATERAL (SELECT CASE WHEN n % 100 = 0 THEN 'User' WHEN n % 3 = 0 THEN 'Product' ELSE 'Post' END AS t,
       now() - (n * 7919 % 150000) * interval '7 minutes' AS made) m`,
  ],
  [
    '8,000 imports',
    `INSERT INTO imports (id, resource, format, status, change_set_id, actor_id, request_id, reason, finished_at, created_at, updated_at)
     SELECT uuid_v7(), CASE WHEN n % 10 = 0 THEN 'categories' ELSE 'products' END, 'csv', CASE WHEN n % 500 = 0 THEN 'failed' WHEN n > 7995 THEN 'running' ELSE 'done' END,
       uuid_v7(), ids[1 + n % 20], 'import-' || n, '', CASE WHEN n <= 7995 THEN at END, at, at
     FROM (SELECT array_agg(id ORDER BY username) AS ids FROM users) u, generate_series(1, 8000) n, LATERAL (SELECT now() - (8000 - n) * interval '3 hours' AS at) m`,
  ],
  [
    '20 webhooks, 60,000 deliveries and as many attempts',
    `INSERT INTO webhooks (id, url, event_types, secret) SELECT uuid_v7(), 'https://hook.example/' || n, '["orders.paid"]', 'sealed' FROM generate_series(1, 20) n;
     INSERT INTO webhook_deliveries (id, webhook_id, event_id, event_type, object_type, object_id, position, status, attempt_count, created_at, finished_at)
     SELECT uuid_v7(), ids[1 + floor(power(random(), 3) * 19)::int], n || '-paid', CASE WHEN n % 5 = 0 THEN 'orders.shipped' ELSE 'orders.paid' END, 'orders', uuid_v7(), n, s, 1, at,
       CASE WHEN s <> 'pending' THEN at END
     FROM (SELECT array_agg(id ORDER BY url) AS ids FROM webhooks) w, generate_series(1, 60000) n,
       LATERAL (SELECT now() - (60000 - n) * interval '5 minutes' AS at, CASE WHEN n > 59900 THEN 'pending' WHEN n % 100 = 0 THEN 'failed' ELSE 'delivered' END AS s) m;
     INSERT INTO webhook_attempts (id, delivery_id, number, status_code, duration_ms, created_at)
     SELECT uuid_v7(), id, 1, CASE WHEN status = 'failed' THEN 500 ELSE 200 END, 80, created_at FROM webhook_deliveries`,
  ],
  [
    '8,000 tax rates of regions, 400 shipping methods, and 20,000 discount codes, as campaigns make them',
    `INSERT INTO tax_rates (id, country, region, tax_class, name, rate, valid_from, valid_to, created_at, updated_at)
     SELECT uuid_v7(), chr(65 + n / 26 % 26) || chr(65 + n % 26), r::text, t, 'VAT', n % 25, CASE WHEN year > 0 THEN began END, CASE WHEN year < 1 THEN began + interval '1 year' END, made, made
     FROM generate_series(0, 199) n, generate_series(1, 10) r, unnest('{standard,reduced}'::text[]) t, generate_series(0, 1) year,
       LATERAL (SELECT timestamptz '2024-01-01' + year * interval '1 year' AS began, now() - (n * 20 + r) * interval '1 hour' AS made) m;
     INSERT INTO shipping_methods (id, code, name, countries, bands, is_active, created_at, updated_at)
     SELECT uuid_v7(), 'method-' || n, 'Method ' || md5(n::text), '["DE"]', '[{"upTo":null,"price":"4.90"}]', n % 10 > 0, made, made
     FROM generate_series(1, 400) n, LATERAL (SELECT now() - n * interval '1 day' AS made) m;
     INSERT INTO discount_codes (id, code, kind, value, valid_from, valid_to, usage_limit, used_count, is_active, created_at, updated_at, deleted_at)
     SELECT uuid_v7(), upper(left(md5(n::text), 8)), 'percent', 10.00, made, CASE WHEN n % 50 > 0 THEN made + interval '90 days' END, 1, n % 3 / 2, n % 40 > 0, made,
       made + random() * interval '30 days', CASE WHEN n % 100 = 7 THEN now() END
     FROM generate_series(1, 20000) n, LATERAL (SELECT now() - (20000 - n) * interval '30 minutes' AS made) m`,
  ],
  [
    'the partitions that three years of the audit log would have',
    `DO $$
     DECLARE
       month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
     BEGIN
       FOR ago IN 1..36 LOOP
         EXECUTE format('CREATE TABLE %I PARTITION OF audit_logs FOR VALUES FROM (%L) TO (%L)', 'audit_logs_' || to_char(month - ago * interval '1 month', 'YYYY_MM'),
           (month - ago * interval '1 month') AT TIME ZONE 'UTC', (month - (ago - 1) * interval '1 month') AT TIME ZONE 'UTC');
       END LOOP;
     END $$`,
  ],
  [
    '400,000 rows of the audit log',
    `INSERT INTO audit_logs (id, change_set_id, table_name, record_id, action, actor_id, actor, request_id, occurred_at)
     SELECT uuid_v7(), uuid_v7(), l.* FROM (
       SELECT 'products', id, 'CREATE', NULL::uuid, 'system:import', NULL, created_at AS at FROM products WHERE view_count % 10 = 0
       UNION ALL SELECT 'products', id, 'DELETE', NULL, 'db:postgres', NULL, deleted_at FROM products WHERE deleted_at IS NOT NULL AND view_count % 5 = 0
       UNION ALL SELECT 'users', id, 'PURGE', id, 'user:' || id, md5(id::text), created_at FROM users WHERE username LIKE '%777'
       UNION ALL SELECT CASE step WHEN 3 THEN 'order_items' ELSE 'orders' END, id, CASE step WHEN 1 THEN 'CREATE' ELSE 'UPDATE' END, user_id, 'user:' || user_id, md5(id::text || step),
         placed_at + step * interval '1 hour' FROM orders, generate_series(1, 4) step
       ORDER BY at
     ) l`,
  ],
];

/** Fills a migrated database as its superuser, logs the progress, and updates the planner's statistics. */
export async function fillBigShop(url: string, log: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET synchronous_commit = off");
    await client.query('SELECT setseed(0.5)');
    const indexes = await dropIndexes(client);
    for (const [index, [what, sql]] of STEPS.entries()) {
      log(`${index + 1}/${STEPS.length} ${what}`);
      await client.query(sql);
    }
    log(`${indexes.length} indexes`);
    for (const definition of indexes) await client.query(definition);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
  }
}
