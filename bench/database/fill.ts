import type { Client } from 'pg';
import { CATEGORIES, CUSTOMERS, idSql, momentSql, TAGS } from './numbers';

const BATCH = 50_000;
const WORDS = `ARRAY['amber','birch','cedar','dune','elm','fern','granite','hazel','iris','jade','kelp','linen','maple','north','oak','pine']`;

/**
 * Fills an empty, migrated database: customers in a session, categories, tags, and products with two images and two tags each. The
 * triggers are off meanwhile: the ledgers and the audit log of 100,000 rows are not measured.
 */
export async function fill(client: Client, products: number, log: (line: string) => void): Promise<void> {
  await client.query(`SET session_replication_role = replica`);
  await client.query(PEOPLE);
  await client.query(SHELVES);
  for (let from = 1; from <= products; from += BATCH) {
    const to = Math.min(from + BATCH - 1, products);
    await client.query(productsSql(from, to));
    log(`${to} of ${products} products`);
  }
  await client.query(`SET session_replication_role = origin`);
}

const PEOPLE = `
  INSERT INTO users (id, username, email, password_hash, first_name, last_name)
  SELECT ${idSql('user', 'n')}, 'buyer' || n, 'buyer' || n || '@bench.example', 'no password opens it', 'Buyer', 'Number ' || n FROM generate_series(1, ${CUSTOMERS}) n;
  INSERT INTO user_roles (id, user_id, role_id, is_active)
  SELECT ${idSql('link', 'n')}, ${idSql('user', 'n')}, (SELECT id FROM roles WHERE name = 'customer'), true FROM generate_series(1, ${CUSTOMERS}) n;
  INSERT INTO refresh_tokens (id, user_id, family_id, token_hash, expires_at)
  SELECT ${idSql('session', 'n')}, ${idSql('user', 'n')}, ${idSql('session', 'n')}, 'bench' || n, now() + interval '1 day'
  FROM generate_series(1, ${CUSTOMERS}) n;`;

const SHELVES = `
  INSERT INTO categories (id, name, slug, description, path, level, position)
  SELECT ${idSql('category', 'n')}, 'Category ' || n, 'category-' || n, 'All of category ' || n, '/' || ${idSql('category', 'n')} || '/', 0, n
  FROM generate_series(1, ${CATEGORIES}) n;
  INSERT INTO tags (id, name, slug) SELECT ${idSql('tag', 'n')}, 'Tag ' || n, 'tag-' || n FROM generate_series(1, ${TAGS}) n;`;

const productsSql = (from: number, to: number) => `
  INSERT INTO products (id, name, slug, sku, brand, description, price, stock_quantity, status, category_id, image_url, attributes, created_at, updated_at)
  SELECT ${idSql('product', 'n')},
    initcap((${WORDS})[1 + n % 16] || ' ' || (${WORDS})[1 + n / 16 % 16] || ' ' || (${WORDS})[1 + n / 256 % 16]) || ' ' || n,
    'product-' || n, 'SKU-' || n, 'Brand ' || n % 200,
    'A ' || (${WORDS})[1 + n % 16] || ' thing of ' || (${WORDS})[1 + n / 7 % 16] || ' and ' || (${WORDS})[1 + n / 13 % 16] || ', made to last and easy to mend.',
    round((100 + n % 9900) / 100.0, 2), 1000000000, 'active', ${idSql('category', `1 + n % ${CATEGORIES}`)},
    'https://images.example/product-' || n || '.jpg', jsonb_build_object('colour', (${WORDS})[1 + n % 16], 'weight', n % 1000), ${momentSql('n')}, ${momentSql('n')}
  FROM generate_series(${from}, ${to}) n;
  INSERT INTO product_images (id, product_id, url, alt_text, display_order)
  SELECT ${idSql('image', 'n * 2 + i')}, ${idSql('product', 'n')}, 'https://images.example/' || n || '-' || i || '.jpg', 'View ' || i, i
  FROM generate_series(${from}, ${to}) n, generate_series(0, 1) i ORDER BY n, i;
  INSERT INTO product_tags (id, product_id, tag_id)
  SELECT ${idSql('link', '1000 + n * 2 + i')}, ${idSql('product', 'n')}, ${idSql('tag', `1 + (n + i) % ${TAGS}`)}
  FROM generate_series(${from}, ${to}) n, generate_series(0, 1) i ORDER BY n, i;`;
