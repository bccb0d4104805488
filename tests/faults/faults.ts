import { Client } from 'pg';
import type { ShopProcess } from './shop-process';
import type { TcpProxy } from './tcp-proxy';

/** What faults are done to. */
export interface Targets {
  readonly shops: readonly [ShopProcess, ShopProcess];
  readonly proxy: TcpProxy;
  /** The shop's database as a superuser, past the proxy. */
  readonly superuserUrl: string;
  readonly hotProduct: string;
}

/** A fault; resolves when it is over and what it ended runs again. */
export type Fault = (targets: Targets) => Promise<void>;

/** The faults, by what happens. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'kill -9 of one API process': async ({ shops: [shop] }) => {
    await shop.end('SIGKILL');
    await shop.startAgain();
  },
  'SIGTERM of one API process': async ({ shops: [, shop] }) => {
    await shop.end('SIGTERM');
    await shop.startAgain();
  },
  'all connections to the database cut': async ({ proxy }) => proxy.cut(),
  'all connections to the database silently dead': async ({ proxy }) => proxy.swallow(),
  'the database silent for two seconds': async ({ proxy }) => {
    proxy.pause();
    await wait(2_000);
    proxy.resume();
  },
  'statements cancelled by hand': async (targets) => {
    await ofShop(targets, 'SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = $1');
  },
  'connections ended by hand': async (targets) => {
    await ofShop(targets, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1');
  },
  'kill -9 of a PostgreSQL process': async (targets) => {
    const [backend] = await ofShop<{ pid: number }>(targets, 'SELECT pid FROM pg_stat_activity WHERE usename = $1 LIMIT 1');
    if (!backend) return;
    process.kill(backend.pid, 'SIGKILL');
    // All sessions end, and PostgreSQL recovers.
    while (!(await ofShop(targets, 'SELECT $1::text').catch(() => null))) await wait(100);
  },
  'a product held for three seconds by psql': async ({ superuserUrl, hotProduct }) =>
    connected(superuserUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM products WHERE id = $1 FOR UPDATE', [hotProduct]);
      await wait(3_000);
      await client.query('ROLLBACK');
    }),
};

/* The shop's own role is the only one that the load uses. */
async function ofShop<Row extends object>({ superuserUrl }: Targets, sql: string): Promise<Row[]> {
  return connected(superuserUrl, async (client) => (await client.query<Row>(sql, ['storekeeper'])).rows);
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
