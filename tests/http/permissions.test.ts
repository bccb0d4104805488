import type { Endpoint } from '../../src/http/endpoint';
import { allRouters } from '../../src/routes';
import { useShop } from '../support/use-shop';
import { PERMISSION_TABLE } from './permission-table';

const NOBODYS_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const NOBODYS_TOKEN = 'q7Jx2c0m9cX0sB9b6n8Jc1m4W0a3F5r7T9v1x3z5B7d';
const endpoints = allRouters({ draining: false }).flatMap((table) =>
  table.endpoints.map((endpoint): [string, string, Endpoint] => [endpoint.operationId, table.prefix, endpoint]),
);

const { shop, ...people } = useShop({
  customer: 'customer',
  support: 'support',
  manager: 'manager',
  auditor: 'auditor',
  admin: 'admin',
});

test('has a row per endpoint, and an endpoint per row', () => {
  expect(Object.keys(PERMISSION_TABLE).sort()).toEqual(endpoints.map(([id]) => id).sort());
});

/* A log-out changes nothing here: its token is nobody's. Bodies are empty, so that what is allowed stops at a 4xx of its own. */
test.each(endpoints)('%s refuses exactly the roles that its row leaves out', async (id, prefix, endpoint) => {
  const path = `${prefix}${endpoint.path}`.replace(/:role\b/, 'manager').replace(/:\w+/g, NOBODYS_ID);
  const call = (token?: string, headers = {}) => shop.call(endpoint.method, path, { token, headers, ...(endpoint.body && { body: {} }) });
  const row = PERMISSION_TABLE[id];
  const anonymous = (await call()).body;
  expect([id, 'anonymous', anonymous?.code === 'unauthenticated']).toEqual([id, 'anonymous', row !== 'everybody']);
  const guest = (await call(undefined, { 'X-Guest-Token': NOBODYS_TOKEN })).body;
  expect([id, 'guest', guest?.code === 'unauthenticated']).toEqual([id, 'guest', row !== 'everybody' && row !== 'guests']);
  for (const [role, { token }] of Object.entries(people)) {
    const mayCall = row === 'everybody' || row === 'guests' || row === 'people' || role === 'admin' || row?.includes(role);
    const { status, body } = await call(token);
    expect([id, role, status === 403 && body.code === 'forbidden']).toEqual([id, role, !mayCall]);
    expect([id, role, status >= 500]).toEqual([id, role, false]);
  }
});
