import { useShop } from '../../support/use-shop';
import { exchange } from '../support/raw-client';

const { shop, manager } = useShop({ manager: 'manager' });

beforeAll(() => shop.call('post', '/v1/tags', { token: manager.token, body: { name: 'Café' } }));

/** Sends a request whose target and headers are these bytes, and returns the status and the body. */
async function send(target: string, headers = 'Host: shop.example\r\n'): Promise<{ status: number; body: Record<string, unknown> }> {
  const bytes = Buffer.from(`GET ${target} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`, 'latin1');
  const answer = await exchange(shop.server, bytes);
  return { status: Number(answer.split(' ')[1]), body: JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) };
}

const names = ({ body }: { body: Record<string, unknown> }) => (body.data as { name: string }[]).map(({ name }) => name);

test.each([
  ['a path', '/v1/tags?name=Caf%C3%A9'],
  ['an absolute URL', 'http://shop.example/v1/tags?name=Caf%C3%A9'],
  ['an absolute URL of https and another host', 'HTTPS://other.example:8443/v1/tags?name=Caf%C3%A9'],
])('reads %s', async (_what, target) => {
  expect(names(await send(target))).toEqual(['Café']);
});

test('finds no route for an absolute URL without a path', async () => {
  expect((await send('http://shop.example')).body).toMatchObject({ status: 404, detail: 'No route matches /.' });
});

test.each([
  ['escaped bytes that are not UTF-8 in a query', '/v1/tags?name=Caf%E9'],
  ['an escaped half of a surrogate pair', '/v1/tags?name=%ED%A0%80'],
  ['letters that are not escaped', '/v1/tags?name=Caf\xe9'],
  ['bytes that are not UTF-8 in a path', '/v1/tags/slug:%FF'],
  ['a percent sign alone', '/v1/tags?name=100%'],
  ['another scheme', 'ftp://shop.example/v1/tags'],
])('refuses %s with a 400 that says so', async (_what, target) => {
  expect((await send(target)).body).toMatchObject({ status: 400, code: 'malformed_request', detail: expect.stringMatching(/^The URL/) });
});

test.each([
  ['two Host headers', 'Host: a\r\nHost: b\r\n'],
  ['two equal Host headers', 'Host: a\r\nhost: a\r\n'],
  ['a Host that is no host', 'Host: a/b\r\n'],
  ['two Authorization headers', 'Host: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n'],
  ['two Content-Type headers', 'Host: a\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\n'],
  ['two Content-Length headers', 'Host: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n'],
  ['two Host headers, the second behind 2,500 others', `Host: a\r\n${'a:\r\n'.repeat(2_500)}Host: b\r\n`],
])('refuses %s', async (_what, headers) => {
  expect((await send('/v1/tags', headers)).body).toMatchObject({ status: 400, code: 'malformed_request' });
});

test('reads with an Idempotency-Key or a preference as without', async () => {
  const headers = { 'Idempotency-Key': 'a-key-of-twenty-signs', Prefer: 'dry-run' };
  expect((await shop.call('get', '/v1/tags', { headers })).status).toBe(200);
});
