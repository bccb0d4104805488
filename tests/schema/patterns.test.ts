import { isSafe } from 'redos-detector';
import { allRouters } from '../../src/routes';
import type { Schema } from '../../src/schema/schema';
import { useShop } from '../support/use-shop';

/** What joi tells of a schema, as far as patterns go. */
interface Described {
  readonly rules?: readonly { readonly name: string }[];
  readonly metas?: readonly { readonly pattern?: string }[];
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema: Described }[];
}

const endpoints = allRouters({ draining: false }).flatMap(({ endpoints: some }) => some);
const schemas: readonly Schema[] = endpoints.flatMap(({ params = {}, query = {}, body }) => [
  ...Object.values(params),
  ...Object.values(query),
  ...(body ? [body] : []),
]);
const described = schemas.flatMap((schema) => within(schema.describe() as Described));

function within(schema: Described): Described[] {
  const { keys = {}, items = [], matches = [] } = schema;
  return [schema, ...[...Object.values(keys), ...items, ...matches.map((match) => match.schema)].flatMap(within)];
}

const { shop } = useShop();

test('never lets joi run a pattern, which it would run over text of any length', () => {
  expect(described.filter(({ rules = [] }) => rules.some(({ name }) => name === 'pattern'))).toEqual([]);
});

test('uses patterns that match in linear time', () => {
  const patterns = new Set(described.flatMap(({ metas = [] }) => metas.flatMap(({ pattern }) => pattern ?? [])));
  expect(patterns.size).toBeGreaterThan(15);
  expect([...patterns].filter((pattern) => !isSafe(new RegExp(pattern), { maxSteps: 20_000 }).safe)).toEqual([]);
});

test('reports a pattern that backtracks', () => {
  expect(isSafe(/^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$/, { maxSteps: 20_000 }).safe).toBe(false);
});

test.each([
  [15_000, { status: 422, errors: [{ pointer: '/email', code: 'too_long' }] }],
  [1_000_000, { status: 413, code: 'body_too_large' }],
])('refuses %i dots as an email at once, and keeps responding', async (dots, expected) => {
  const body = { email: `a@${'.'.repeat(dots)}`, username: 'dots', password: 'correct horse battery', firstName: 'A', lastName: 'B' };
  const refused = await shop.call('post', '/v1/auth/register', { body });
  expect(refused.body).toMatchObject(expected);
  expect((await shop.call('get', '/health/live')).status).toBe(200);
  expect(await shop.query("SELECT FROM users WHERE username = 'dots'")).toEqual([]);
});
