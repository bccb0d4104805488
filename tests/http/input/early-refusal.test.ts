import type { Socket } from 'node:net';
import { useShop } from '../../support/use-shop';
import { exchange, openSocket } from '../support/raw-client';

/* The time-out of a request is its default: an answer that waited for it would end no test. */
const { shop, manager } = useShop({ manager: 'manager' });

const tagCount = async () => (await shop.query('SELECT 1 FROM tags')).length;

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly isAnonymous?: boolean;
  readonly type?: string;
  readonly body?: string | Buffer;
}

function send({ body = '', ...request }: Sent): Promise<string> {
  return exchange(shop.server, Buffer.concat([Buffer.from(head(request.headers, request)), Buffer.from(body)]));
}

function head(headers: readonly string[] = [], { path = '/v1/tags', method = 'POST', isAnonymous, type = 'application/json' }: Sent = {}) {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: x', `Content-Type: ${type}`, ...headers];
  if (!isAnonymous) lines.push(`Authorization: Bearer ${manager.token}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/* Everything that comes back; the server may cut off the sending afterwards. */
function untilClosed(client: Socket): Promise<string> {
  let answer = '';
  client.on('data', (part) => {
    answer += String(part);
  });
  client.on('end', () => client.end()).resume();
  return new Promise((resolve) => client.once('close', () => resolve(answer)));
}

const announced = 'Content-Length: 2000000';
const chunked = 'Transfer-Encoding: chunked';
const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n`;

test.each<[string, Sent, number]>([
  ['an announced length over the limit, with no body', { headers: [announced] }, 413],
  ['an announced length over the limit, with part of the body', { headers: [announced], body: 'x'.repeat(300_000) }, 413],
  ['an announced length over the limit, without 100 Continue', { headers: [announced, 'Expect: 100-continue'] }, 413],
  ['an announced length of a compressed body over the limit', { headers: [announced, 'Content-Encoding: gzip'] }, 413],
  ['chunks that exceed the limit and do not end', { headers: [chunked], body: chunk(10_000).repeat(2) }, 413],
  ['a chunk that exceeds the limit and does not end', { headers: [chunked], body: `f4240\r\n${'x'.repeat(300_000)}` }, 413],
  ['a missing token', { headers: ['Content-Length: 50', 'Expect: 100-continue'], isAnonymous: true }, 401],
  ['an unknown path', { headers: ['Content-Length: 50'], path: '/v1/nothing' }, 404],
  ['a method that the path has not', { headers: ['Content-Length: 50'], method: 'PUT' }, 405],
  ['another media type', { headers: ['Content-Length: 50'], type: 'text/plain' }, 415],
  ['another compression', { headers: ['Content-Length: 50', 'Content-Encoding: lzma'] }, 415],
])('answers %s once, without waiting for the body, and closes the connection', async (_what, sent, status) => {
  const answer = await send(sent);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
  expect(answer).toContain('\r\nConnection: close\r\n');
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status });
  expect(await tagCount()).toBe(0);
});

test('lets a client that is still sending 20 MB read the refusal, and not see a reset instead', async () => {
  const client = await openSocket(shop.server);
  const answer = untilClosed(client);
  client.write(head(['Content-Length: 20000000']));
  client.write(Buffer.alloc(20_000_000, 'x'));
  expect(await answer).toMatch(/^HTTP\/1\.1 413 .*"body_too_large"/s);
});

test('says 100 Continue to a client whose headers are accepted, and then reads its body', async () => {
  const body = '{"name": "Fresh"}';
  const client = await openSocket(shop.server, head([`Content-Length: ${body.length}`, 'Expect: 100-continue', 'Connection: close']));
  client.once('data', () => client.write(body));
  expect((await untilClosed(client)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 201']);
  expect(await tagCount()).toBe(1);
  await shop.query('DELETE FROM tags');
});

test('keeps the connection of a refused request whose body has arrived with it', async () => {
  const refused = 'PUT /v1/tags HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}';
  const answer = await exchange(shop.server, `${refused}GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 405', 'HTTP/1.1 200']);
});
