import express from 'express';
import helmet from 'helmet';
import request from 'supertest';
import type { Method } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });
/** The headers that helmet itself sets. */
let expected: Record<string, string>;

beforeAll(async () => {
  const plain = express().disable('x-powered-by');
  const bare = await request(plain.get('/bare', (_req, res) => void res.end())).get('/bare');
  const { headers } = await request(plain.use(helmet()).use((_req, res) => void res.end())).get('/');
  expected = Object.fromEntries(Object.entries(headers).filter(([name]) => !(name in bare.headers)));
});

test('helmet sets the expected headers', () => {
  expect(expected).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-security-policy': expect.stringContaining("'self'") });
  expect(Object.keys(expected).length).toBeGreaterThan(10);
});

const CASES: readonly (readonly [what: string, status: number, method: Method, path: string])[] = [
  ['a list', 200, 'get', '/v1/products'],
  ['an unknown path', 404, 'get', '/v1/nowhere'],
  ['a missing product', 404, 'get', '/v1/products/01890a5d-ac96-774b-bcce-b302099a8057'],
  ['a broken path', 400, 'get', '/v1/products/%E0%A4%A'],
  ['a request without a token', 401, 'get', '/v1/me'],
  ['a wrong method', 405, 'delete', '/v1/products'],
  ['the health check', 200, 'get', '/health/live'],
  ['the OpenAPI document', 200, 'get', '/openapi.json'],
];

const ofHelmet = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, headers[name]]));

test.each(CASES)('sends the headers of helmet with %s (%i)', async (_what, status, method, path) => {
  const answer = await shop.call(method, path, { isUndocumented: !shop.isDocumented(method, path) });
  expect(answer.status).toBe(status);
  expect(ofHelmet(answer.headers)).toEqual(expected);
  expect(answer.headers).not.toHaveProperty('x-powered-by');
});

test('sends the headers of helmet with a malformed body and a 304', async () => {
  const broken = await shop.call('post', '/v1/tags', { token: manager.token, body: '{"name": ' });
  expect([broken.status, ofHelmet(broken.headers)]).toEqual([400, expected]);
  const unchanged = await shop.call('get', `/v1/users/${manager.id}`, { token: manager.token, headers: { 'If-None-Match': '*' } });
  expect([unchanged.status, ofHelmet(unchanged.headers)]).toEqual([304, expected]);
});
