import { selectList } from './columns';

/** The related rows of a product, aggregated to JSON in sub-selects, so that no row is repeated. */
const RELATED = `
  (SELECT row_to_json(c) FROM (SELECT ${selectList('category', 'c')} FROM categories c WHERE c.id = p.category_id AND c.deleted_at IS NULL) c) AS category,
  (SELECT coalesce(json_agg(i ORDER BY i."displayOrder", i.id), '[]') FROM (
    SELECT ${selectList('image', 'i')} FROM product_images i WHERE i.product_id = p.id AND i.deleted_at IS NULL) i) AS images,
  (SELECT coalesce(json_agg(t ORDER BY t.name, t.id), '[]') FROM (
    SELECT ${selectList('tag', 't')} FROM product_tags l JOIN tags t ON t.id = l.tag_id WHERE l.product_id = p.id AND t.deleted_at IS NULL) t) AS tags`;

const WHOLE = `${selectList('product', 'p')}, ${RELATED}`;
const SHOWN = `status = 'active' AND deleted_at IS NULL`;
const NEWEST = 'ORDER BY created_at DESC, id DESC';
const page = (place: string, limit: string) =>
  `SELECT ${WHOLE} FROM (SELECT * FROM products WHERE ${SHOWN} ${place} ${NEWEST} LIMIT ${limit}) p ${NEWEST}`;

/** (a): one statement per read; the driver makes objects of the rows. */
export const READS = {
  one: `SELECT ${WHOLE} FROM products p WHERE p.id = $1 AND p.${SHOWN}`,
  first: page('', '$1'),
  next: page('AND (created_at, id) < ($1::timestamptz, $2::uuid)', '$3'),
};

const asJson = (statement: string) => `SELECT row_to_json(r)::text AS body FROM (${statement}) r`;

/** (a+): PostgreSQL writes the JSON; LIMIT is a literal. */
export const JSON_READS = {
  one: asJson(READS.one),
  first: asJson(page('', '21')),
  next: asJson(page('AND (created_at, id) < ($1::timestamptz, $2::uuid)', '21')),
};

const ORDER_COLUMNS = 'id, order_number, user_id, status, payment_method, subtotal, total, placed_at';
const ITEM_COLUMNS = 'id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal';
const MOVEMENT_COLUMNS = 'id, product_id, delta, reason, order_id, quantity_after';

/** The order as hand-written steps of a transaction, between BEGIN and COMMIT. */
export const ORDER_STEPS = {
  lock: `SELECT id, name, sku, price, stock_quantity FROM products WHERE id = ANY($1::uuid[]) AND ${SHOWN} ORDER BY id FOR UPDATE`,
  take: `UPDATE products p SET stock_quantity = p.stock_quantity - d.quantity, version = p.version + 1
    FROM unnest($1::uuid[], $2::int[]) AS d (id, quantity) WHERE p.id = d.id AND p.stock_quantity >= d.quantity RETURNING p.id, p.stock_quantity`,
  order: `INSERT INTO orders (${ORDER_COLUMNS}) VALUES ($1, $2, $3, 'pending', 'external', $4, $4, now()) RETURNING *`,
  items: `INSERT INTO order_items (${ITEM_COLUMNS})
    SELECT gen_random_uuid(), $1, i.*, i.quantity * i.price FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::numeric[]) AS i (product_id, name, sku, quantity, price) RETURNING *`,
  ledger: `INSERT INTO stock_movements (${MOVEMENT_COLUMNS})
    SELECT gen_random_uuid(), m.product_id, -m.quantity, 'order', $1, m.after FROM unnest($2::uuid[], $3::int[], $4::int[]) AS m (product_id, quantity, after)`,
};

/** (a+): the same order as one statement that returns JSON; null if something is missing. */
export const ORDER_AT_ONCE = `
  WITH demand AS (SELECT * FROM unnest($4::uuid[], $5::int[]) AS d (product_id, quantity)),
  locked AS (
    SELECT p.id, p.name, p.sku, p.price, p.stock_quantity, d.quantity FROM products p JOIN demand d ON d.product_id = p.id
    WHERE p.status = 'active' AND p.deleted_at IS NULL ORDER BY p.id FOR UPDATE OF p
  ),
  fit AS (SELECT 1 FROM locked HAVING count(*) FILTER (WHERE stock_quantity >= quantity) = (SELECT count(*) FROM demand)),
  taken AS (
    UPDATE products p SET stock_quantity = p.stock_quantity - l.quantity, version = p.version + 1
    FROM locked l, fit WHERE p.id = l.id RETURNING p.id, p.stock_quantity
  ),
  ordered AS (
    INSERT INTO orders (${ORDER_COLUMNS})
    SELECT $1::uuid, $2::text, $3::uuid, 'pending', 'external', sum(quantity * price), sum(quantity * price), now() FROM locked, fit HAVING count(*) > 0 RETURNING *
  ),
  lines AS (
    INSERT INTO order_items (${ITEM_COLUMNS})
    SELECT gen_random_uuid(), $1::uuid, l.id, l.name, l.sku, l.quantity, l.price, l.quantity * l.price FROM locked l, fit RETURNING *
  ),
  moved AS (
    INSERT INTO stock_movements (${MOVEMENT_COLUMNS})
    SELECT gen_random_uuid(), l.id, -l.quantity, 'order', $1::uuid, l.stock_quantity - l.quantity FROM locked l, fit
  )
  SELECT (to_jsonb(o) || jsonb_build_object('items', (SELECT jsonb_agg(lines) FROM lines)))::text AS body FROM ordered o`;
