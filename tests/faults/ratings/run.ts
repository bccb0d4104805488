import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { loadEnv } from '../../../config/env';
import { systemContext } from '../../../src/context/system-context';
import { connect } from '../../../src/database/connection/connection';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { createLogger } from '../../../src/logging/logger';
import { migrate } from '../../../src/migrator/migrate';
import { registerModels } from '../../../src/models';
import { type Outcome, WRITES } from './writes';

const CLIENTS = 32;
const PRODUCTS = 6;
const PEOPLE = 400;
const RECOUNT = `SELECT p.sku, p.rating, p.review_count, r.rating AS recounted, r.n AS reviews FROM products p,
  LATERAL (SELECT coalesce(round(avg(rating), 2), 0) AS rating, count(*)::int AS n FROM reviews
    WHERE product_id = p.id AND status = 'published' AND deleted_at IS NULL) r ORDER BY sku`;

/** Runs `npm run test:ratings`: parallel writes of reviews, by the API's own units of work and by psql, and then a recount of every rating. */
async function run(writes: number, by: string): Promise<void> {
  const server = await startEmbeddedServer({ dataDir: mkdtempSync(join(tmpdir(), 'storekeeper-ratings-')), log: () => undefined });
  try {
    await migrate(server.url, { log: () => undefined, waitMs: 60_000 });
    const env = loadEnv({ NODE_ENV: 'test', DATABASE_URL: server.url, LOG_LEVEL: 'silent', REVIEW_MODERATION: 'off', DB_POOL_MAX: '24' });
    const sequelize = connect(env);
    registerModels(sequelize);
    const ctx = systemContext({ env, log: createLogger(env), sequelize }, 'ratings', '');
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => open(server.url)));
    const [first] = clients as [Client];
    const ground = { ctx, ...(await prepare(first)) };
    const outcomes = new Map<string, number>();
    const startedAt = performance.now();
    let left = writes;
    await Promise.all(
      clients.map(async (psql) => {
        while (left > 0) {
          const [name, outcome] = await writeOne({ ...ground, psql }, by);
          if (outcome === 'done') left -= 1;
          const key = `${name}: ${outcome}`;
          outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
        }
      }),
    );
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const { rows } = await first.query<Record<string, unknown>>(RECOUNT);
    const wrong = rows.filter((row) => String(row.rating) !== String(row.recounted) || row.review_count !== row.reviews);
    const deadlocks = await first.query('SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()');
    process.stdout.write(
      `${[...outcomes]
        .sort()
        .map(([what, count]) => `${count} × ${what}`)
        .join('\n')}\n`,
    );
    process.stdout.write(`${JSON.stringify({ writes, seconds, ...deadlocks.rows[0], products: rows, wrong: wrong.length }, null, 2)}\n`);
    if (wrong.length > 0) process.exitCode = 1;
    await Promise.all(clients.map((client) => client.end()));
    await sequelize.close();
  } finally {
    await server.remove();
  }
}

async function open(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
}

async function prepare(client: Client): Promise<{ products: string[]; people: string[] }> {
  const ids = async (text: string) => (await client.query<{ id: string }>(text)).rows.map(({ id }) => id);
  return {
    products: await ids(`INSERT INTO products (id, name, slug, sku, price, status)
      SELECT uuid_v7(), 'Tea', 'tea-' || n, 'TEA-' || n, 1, 'active' FROM generate_series(1, ${PRODUCTS}) n RETURNING id`),
    people: await ids(`INSERT INTO users (id, email, username, first_name, last_name)
      SELECT uuid_v7(), 'person' || n || '@example.com', 'person' || n, 'P', 'P' FROM generate_series(1, ${PEOPLE}) n RETURNING id`),
  };
}

async function writeOne(ground: Parameters<(typeof WRITES)[string]>[0], by: string): Promise<[string, Outcome]> {
  const [name, write] = anyOf(Object.entries(WRITES).filter(([what]) => what.endsWith(by)));
  return [name, await write(ground, anyOf(ground.products), anyOf(ground.people))];
}

function anyOf<T>(values: readonly T[]): T {
  return values[Math.floor(Math.random() * values.length)] as T;
}

const { values } = parseArgs({ options: { writes: { type: 'string', default: '5000' }, by: { type: 'string', default: '' } } });
run(Number(values.writes), values.by).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
