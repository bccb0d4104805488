import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { signUp } from '../factories/people';
import { useShop } from '../support/use-shop';

const guide = readFileSync(join(PROJECT_FOLDER, 'docs', 'logging.md'), 'utf8');
const documented = [...guide.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| \w+ \|/gm)].flatMap(([, names = '']) =>
  names.replaceAll('`', '').split(', '),
);

const written: string[] = [];

beforeAll(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
const { shop } = useShop({}, { LOG_LEVEL: 'debug', NODE_ENV: 'production' });
afterAll(() => jest.restoreAllMocks());

/** Returns the log entries of the work, once their turn of the event loop is over. */
async function entriesOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  written.length = 0;
  await work();
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  return written
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('logs one line per request, with fields that docs/logging.md names', async () => {
  const entries = await entriesOf(() => shop.call('get', '/v1/products?q=secret&limit=1'));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ level: 'info', message: 'request', method: 'GET', path: '/v1/products', status: 200, finished: true });
  expect(Object.keys(entries[0] ?? {}).filter((name) => !documented.includes(name))).toEqual([]);
});

test('logs one line for a refused request, with the code of its problem', async () => {
  const entries = await entriesOf(() => shop.call('get', '/v1/me'));
  expect(entries).toMatchObject([{ level: 'info', status: 401, code: 'unauthenticated' }]);
});

test('marks the line of a response that was sent again', async () => {
  const { token } = await signUp(shop, 'manager');
  const send = () =>
    shop.call('post', '/v1/tags', { token, headers: { 'Idempotency-Key': 'logged-0123456789' }, body: { name: 'Logged' } });
  const entries = await entriesOf(async () => void [await send(), await send()]);
  expect(entries.map(({ status, replayed }) => [status, replayed])).toEqual([
    [201, undefined],
    [201, true],
  ]);
});

test('logs a second line with the error for a failed request', async () => {
  const pool = jest.spyOn(shop.sequelize.connectionManager, 'getConnection').mockRejectedValue(new TypeError('on purpose'));
  const entries = await entriesOf(() => shop.call('get', '/v1/products?limit=1'));
  expect(entries.map(({ level, message }) => `${level} ${message}`).toSorted()).toEqual(['error request failed', 'info request']);
  pool.mockRestore();
  const names = entries.flatMap((entry) => Object.keys(entry));
  expect(names.filter((name) => !documented.includes(name))).toEqual([]);
});

test('writes no message that docs/logging.md lacks', () => {
  const messages = sourceFiles().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\blog(?:ger)?\.(?:error|warn|info|debug)\(\s*(?:'([^']+)'|`\$\{\w+\}([^`$]+)`)/g)].map(
      ([, whole, end]) => (whole === undefined ? `${end}\`` : `\`${whole}\``),
    ),
  );
  expect(messages.length).toBeGreaterThan(3);
  expect(messages.filter((message) => !guide.includes(message))).toEqual([]);
});

function sourceFiles(): string[] {
  return readdirSync(join(PROJECT_FOLDER, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
