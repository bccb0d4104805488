import fc from 'fast-check';
import type { Endpoint } from '../../../src/http/endpoint';
import { apiRouters } from '../../../src/routes';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

/* The same requests at each run, so that a failure comes from the change; FUZZ_SEED and FUZZ_RUNS try others. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);

/* A second administrator: requests may delete the first. */
const { shop, admin } = useShop({ admin: 'admin', second: 'admin' });
let productId: string;

beforeAll(async () => {
  productId = await makeProduct(shop, admin, { stockQuantity: 1_000_000 });
});
afterAll(() => {
  // FUZZ_REPORT=1 prints how many requests each endpoint got, and the statuses of its responses.
  if (process.env.FUZZ_REPORT) process.stdout.write(`${report()}\n`);
});

jest.setTimeout(120_000);

const endpoints = apiRouters.flatMap((table) =>
  table.endpoints.map((endpoint): [string, string, Endpoint] => [endpoint.operationId, table.prefix, endpoint]),
);

/** Values that often break servers. */
const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e400',
    'NaN',
    'null',
    'true',
    '%',
    '_',
    '\\',
    "'",
    '"',
    ';--',
    '\u0000',
    '\ud800',
    '99999999999999999999',
    '0.001',
    '9999999999.99',
    '0000-01-01',
    '9999-12-31T23:59:59Z',
    '2026-02-31T00:00:00Z',
    '0001-01-01T00:00:00+14:59',
    '{}',
    '[]',
    '__proto__',
    'id,id',
    'name,-name',
  ),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.uuid(),
  fc.integer().map(String),
);
const json = fc.oneof(nasty, fc.constantFrom(null, true, 0, -1, 0.5, 1e308, 2 ** 53, {}, []), fc.jsonValue({ maxDepth: 2 }));

/** The example of the endpoint with members changed, dropped or added; or anything else. */
function bodies({ example }: Endpoint): fc.Arbitrary<unknown> {
  const members = Object.entries((example ?? {}) as Record<string, unknown>);
  const varied = Object.fromEntries(
    members.map(([name, value]) => [name, fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: json })]),
  );
  const near = fc
    .tuple(fc.record(varied, { requiredKeys: [] }), fc.dictionary(fc.string({ maxLength: 8 }), json, { maxKeys: 1 }))
    .map(([known, added]) => ({ ...known, ...added }));
  return fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: json });
}

/** Some of the declared parameters, each with a likely or a nasty value. */
function queries({ query = {} }: Endpoint): fc.Arbitrary<string> {
  const names = Object.keys(query);
  if (names.length === 0) return fc.constantFrom('', '?unheardOf=1');
  const likely = fc.constantFrom(
    '1',
    'true',
    'id',
    '-createdAt',
    'name',
    'active',
    '10.00',
    '2026-01-31T00:00:00Z',
    'with',
    'exact',
    productId ?? 'x',
  );
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), fc.oneof(likely, nasty)), { maxLength: 4 });
  return pairs.map((given) => `?${given.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

test.each(endpoints)('%s never responds with a 500, and always as documented', async (_id, prefix, endpoint) => {
  const segment = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: nasty });
  await fc.assert(
    fc.asyncProperty(segment, queries(endpoint), bodies(endpoint), async (id, query, body) => {
      const place = endpoint.path.replace(/:role\b/, 'manager').replace(/:\w+/g, id === null ? productId : encode(id));
      const path = `${prefix}${place}${query}`;
      const isSignedIn = !['logOut', 'changePassword'].includes(endpoint.operationId);
      const response = await shop.call(endpoint.method, path, {
        ...(isSignedIn && { token: admin.token }),
        ...(endpoint.body && { body: JSON.stringify(body) }),
        headers: { 'If-Match': '"1"', 'If-None-Match': 'W/"x", *' },
        // An empty segment or a slash makes another path.
        isUndocumented: !shop.isDocumented(endpoint.method, path),
      });
      count(endpoint.operationId, response.status);
      if (response.status >= 500) throw new Error(`${endpoint.method} ${path} ${JSON.stringify(body)} → ${response.text}`);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

const answered = new Map<string, Map<number, number>>();

function count(id: string, status: number): void {
  const statuses = answered.get(id) ?? new Map<number, number>();
  answered.set(id, statuses.set(status, (statuses.get(status) ?? 0) + 1));
}

function report(): string {
  const lines = [...answered].map(([id, statuses]) => {
    const all = [...statuses.values()].reduce((sum, number) => sum + number, 0);
    const each = [...statuses].sort(([a], [b]) => a - b).map(([status, number]) => `${status}: ${number}`);
    return `${id}  ${all}  ${each.join(', ')}`;
  });
  return lines.join('\n');
}
