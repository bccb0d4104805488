import type { Server } from 'node:http';
import { addressOf, listen } from '../../../src/http/server/listen';
import { useShop } from '../../support/use-shop';
import { exchange } from '../support/raw-client';

const { shop } = useShop({}, { PORT: '0', REQUEST_TIMEOUT_MS: '300' });
let server: Server;

beforeAll(async () => {
  server = await listen(shop.app, shop.env, shop.log);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['bytes that are not HTTP', 'HELLO\r\n\r\n', 400, 'malformed_request'],
  ['large headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ['a missing Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed_request'],
  ['an unknown expectation', 'GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n', 417, 'expectation_failed'],
  ['headers that never end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'request_timeout'],
  [
    'a body that never comes',
    'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"a',
    408,
    'request_timeout',
  ],
])('responds to %s with a problem document and closes the connection', async (_what, bytes, status, code) => {
  const answer = await exchange(server, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
});

test('keeps responding to other clients', async () => {
  expect((await fetch(`${addressOf(server)}/health/live`)).status).toBe(200);
});
