import { parseSync } from '@swc/core';
import { isSafe } from 'redos-detector';
import { allRouters } from '../../src/routes';
import { CHOICES } from '../../src/schema/parameters/choices';
import type { Schema } from '../../src/schema/schema';
import { KEY } from '../../src/schema/text';
import { projectFiles } from '../architecture/sources';
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

/** A literal or `new RegExp` in a syntax tree of swc. */
interface Syntax {
  readonly type: string;
  readonly pattern?: string;
  readonly flags?: string;
}

/** The regular expressions that stand in a text. */
function literalsIn(text: string): RegExp[] {
  const found: RegExp[] = [];
  JSON.stringify(parseSync(text, { syntax: 'typescript' }), (_, node: Syntax | null) => {
    if (node?.type === 'RegExpLiteral') found.push(new RegExp(String(node.pattern), node.flags));
    return node;
  });
  return found;
}

/** The regular expressions of the files that run in the shop, with their path. */
function literalsOfShop(): [string, RegExp][] {
  const files = Object.entries(projectFiles()).filter(([path]) => /^(src|config)\//.test(path));
  return files.flatMap(([path, text]) => literalsIn(text).map((literal): [string, RegExp] => [path, literal]));
}

const isLinear = (pattern: RegExp) => isSafe(pattern, { maxSteps: 20_000 }).safe;

const { shop } = useShop();

test('never lets joi run a pattern, which it would run over text of any length', () => {
  expect(described.filter(({ rules = [] }) => rules.some(({ name }) => name === 'pattern'))).toEqual([]);
});

test('uses patterns that match in linear time', () => {
  const patterns = new Set(described.flatMap(({ metas = [] }) => metas.flatMap(({ pattern }) => pattern ?? [])));
  expect(patterns.size).toBeGreaterThan(15);
  expect([...patterns].filter((pattern) => !isLinear(new RegExp(pattern)))).toEqual([]);
});

test('has no regular expression anywhere in the shop that takes more than linear time, nor one composed for clients', () => {
  const literals = literalsOfShop();
  expect(literals.length).toBeGreaterThan(70);
  const composed: [string, RegExp][] = Object.entries({ CHOICES, KEY: KEY.pattern });
  expect([...literals, ...composed].filter(([, pattern]) => !isLinear(pattern))).toEqual([]);
}, 120_000);

test('reports a pattern that backtracks', () => {
  const [backtracking, linear] = literalsIn('const a = text.replace(/^[!-?A-~]+@[!-?A-~]+[.][!-?A-~]+$/i, String(/^a+$/));');
  expect([backtracking, linear].map((pattern) => pattern && isLinear(pattern))).toEqual([false, true]);
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
