import { type ClientRequest, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { useShop } from '../../support/use-shop';

const { shop } = useShop({}, { LOCK_TIMEOUT_MS: '120000', STATEMENT_TIMEOUT_MS: '120000' });

/** Sends a request whose answer nobody awaits. */
function ask(path: string): ClientRequest {
  const { port } = shop.server.address() as AddressInfo;
  // Its socket is destroyed before there is an answer.
  return get({ port, path, agent: false }).on('error', () => undefined);
}

const SLOW = ['q=chai', 'name[contains]=chai', 'total=exact&status=active', 'status=active', 'page=2'];

test.each(SLOW)('stops the statement of %s when its client hangs up', async (query) => {
  const holder = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE products IN ACCESS EXCLUSIVE MODE');
    const waiting = async () =>
      (await shop.query("SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).length;
    const request = ask(`/v1/products?${query}`);
    while ((await waiting()) === 0);
    request.destroy();
    // It would wait for two minutes.
    while ((await waiting()) !== 0);
    await holder.query('COMMIT');
    expect((await shop.call('get', `/v1/products?${query}`)).status).toBe(200);
  } finally {
    await holder.end();
  }
});
