import type { Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { addressOf, listen } from '../../../src/http/server/listen';
import { useShop } from '../../support/use-shop';
import { exchange, openSocket } from '../support/raw-client';

const { shop, manager } = useShop({ manager: 'manager' }, { PORT: '0', REQUEST_TIMEOUT_MS: '1000' });
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

/* A connection that sends a file in parts, and what comes back until it is closed. */
async function upload(parts: AsyncIterable<string>): Promise<string> {
  const head = `POST /v1/tags/import?map=Note: HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${manager.token}\r\nContent-Type: text/csv\r\n`;
  const socket = await openSocket(server, `${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`);
  const answer = text(socket);
  for await (const part of parts) socket.write(`${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`);
  return answer;
}

test('a file may take longer than other requests as long as it arrives, and one that stalls leaves nothing', async () => {
  const until = performance.now() + 2_500;
  async function* steady() {
    yield 'slug,name,Note\n';
    for (let n = 0; n < 10 || performance.now() < until; n += 1) {
      yield `steady-${n},Steady,${'x'.repeat(300_000)}\n`;
      await setTimeout(50);
    }
    yield '';
  }
  async function* stalling() {
    yield 'slug,name,Note\n';
    for (let n = 0; n < 12; n += 1) yield `stalling-${n},Stalling,${'x'.repeat(300_000)}\n`;
  }
  const [arrived, stalled] = await Promise.all([upload(steady()), upload(stalling())]);
  expect(arrived).toMatch(/^HTTP\/1\.1 202 /);
  expect(stalled).toMatch(/^HTTP\/1\.1 408 .*"code":"request_timeout"/s);
  expect(await importsThat('running')).toHaveLength(1);
  // The connection ends before what was kept of its file is deleted.
  while ((await importsThat('uploading')).length > 0);
});

const importsThat = (status: string) => shop.query('SELECT FROM imports WHERE status = $1', [status]);

test('keeps responding to other clients', async () => {
  expect((await fetch(`${addressOf(server)}/health/live`)).status).toBe(200);
});
