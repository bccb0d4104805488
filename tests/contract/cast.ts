import { Client } from 'pg';
import request from 'supertest';
import type { Cast } from '../dry-run/support/prepare-write';
import type { Shop } from './shop';

const CALL_MS = 30_000;

/** Returns the shop and its people as the cases of the dry-run test take them; a colleague buys, because nobody pays their own order. */
export function castOf({ url, databaseUrl, people }: Shop): Cast {
  const { admin, colleague } = people;
  return {
    admin,
    buyer: colleague,
    shop: {
      call: async (method, path, { token, body, headers = {} } = {}) => {
        const call = request(url)[method](path).timeout(CALL_MS).set(headers);
        if (token !== undefined) call.set('Authorization', `Bearer ${token}`);
        if (body === undefined) return call;
        return call.set('Content-Type', headers['Content-Type'] ?? 'application/json').send(body as object);
      },
      query: async <Row>(sql: string, values: readonly unknown[] = []) => {
        const client = new Client({ connectionString: databaseUrl() });
        await client.connect();
        try {
          return (await client.query(sql, [...values])).rows as Row[];
        } finally {
          await client.end();
        }
      },
    },
  };
}
