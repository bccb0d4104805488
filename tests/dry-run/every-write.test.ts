import type { Response } from 'supertest';
import { v7 } from 'uuid';
import { supportsDryRun } from '../../src/http/dry-run/dry-run-request';
import type { Endpoint } from '../../src/http/endpoint';
import { allRouters } from '../../src/routes';
import { useShop } from '../support/use-shop';
import { EVERY_WRITE } from './support/every-write';
import { snapshotOf } from './support/snapshot';

const cast = useShop({ admin: 'admin', buyer: 'customer' });
const { shop } = cast;

const writes = allRouters({ draining: false })
  .flatMap(({ endpoints }) => endpoints)
  .filter(supportsDryRun)
  .map((endpoint): [string, Endpoint] => [endpoint.operationId, endpoint]);

test('has a case per write that can be tried, and a write per case', () => {
  expect(Object.keys(EVERY_WRITE).sort()).toEqual(writes.map(([id]) => id).sort());
});

test.each(writes)('%s, when tried, leaves no trace and answers what the real request then does', async (id, { method }) => {
  const { path, by, body, headers } = (await EVERY_WRITE[id]?.(cast)) ?? { path: '', by: cast.admin };
  const call = { token: by.token, ...(body !== undefined && { body }) };

  const before = await snapshotOf(shop);
  const dry = await shop.call(method, path, { ...call, headers: { ...headers, Prefer: 'dry-run' } });
  expect(await snapshotOf(shop)).toEqual(before);

  const requestId = v7();
  const real = await shop.call(method, path, { ...call, headers: { ...headers, 'X-Request-Id': requestId } });
  expect([id, [200, 201, 202, 204].includes(real.status)]).toEqual([id, true]);
  expect(dry.headers['preference-applied']).toBe('dry-run');
  expect(real.headers['preference-applied']).toBeUndefined();
  const { preview, ...tried } = dry.body;
  expect({ ...answerOf(dry), body: masked(tried) }).toEqual({
    ...answerOf(real),
    status: real.status === 204 ? 200 : real.status,
    body: masked(real.status === 204 ? {} : real.body),
  });
  expect(preview.isComplete).toBe(true);
  expect(preview.changes.map(changeText).sort()).toEqual((await changesOf(requestId)).map(changeText).sort());
});

interface Change {
  readonly tableName: string;
  readonly action: string;
  readonly oldValues: unknown;
  readonly newValues: unknown;
}

function changesOf(requestId: string): Promise<Change[]> {
  return shop.query<Change>(
    `SELECT table_name AS "tableName", action, old_values AS "oldValues", new_values AS "newValues" FROM audit_logs WHERE request_id = $1`,
    [requestId],
  );
}

function changeText({ tableName, action, oldValues, newValues }: Change): string {
  return JSON.stringify(masked({ tableName, action, oldValues, newValues }));
}

function answerOf({ status, headers }: Response) {
  return { status, hasEtag: headers.etag !== undefined, location: headers.location?.replace(ID, 'id') };
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g;
const SECRET = /whsec_[\w+/=]+|(?<="confirmationToken":")[^"]+/g;
/* Salted anew. */
const DIGEST = /sha256:[0-9a-f]{64}/g;
const ORDER_NUMBER = /(?:SK|RT)-\d{6}-[0-9A-Z]{10}/g;

/* What each run makes anew: ids, times, numbers of orders, secrets. */
function masked(value: unknown): unknown {
  const text = JSON.stringify(value, sorted)
    .replace(ID, 'id')
    .replace(TIME, 'time')
    .replace(DIGEST, 'digest')
    .replace(ORDER_NUMBER, 'number')
    .replace(SECRET, 'secret');
  return JSON.parse(text);
}

function sorted(_name: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
