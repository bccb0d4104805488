import { type Env, loadEnv } from '../../config/env';
import { createLogger } from '../../src/logging/logger';
import { RateLimitedLog } from '../../src/logging/rate-limited-log';

const ENV = {
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  JWT_SECRET: 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI',
  ADMIN_PASSWORD: 'correct horse battery',
};
const env = (settings: Record<string, string>): Env => loadEnv({ ...ENV, ...settings });

let written: string[];

beforeEach(() => {
  written = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

type Work = (logger: ReturnType<typeof createLogger>) => void;

/** Returns the lines of a logger, after the turn of the event loop that wrote them. */
async function linesOf(work: Work, settings: Record<string, string> = {}): Promise<string[]> {
  const logger = createLogger(env({ NODE_ENV: 'production', ...settings }));
  work(logger);
  await new Promise<void>((resolve) => setImmediate(resolve));
  logger.close();
  return written.join('').split('\n').slice(0, -1);
}
const entriesOf = async (work: Work) => (await linesOf(work)).map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line in production is JSON with time, level, message and further fields', async () => {
  const before = Date.now();
  const [entry] = await entriesOf((logger) => logger.info('request', { status: 200, path: '/v1/"quoted"\n', ip: undefined }));
  expect(entry).toEqual({ timestamp: expect.any(String), level: 'info', message: 'request', status: 200, path: '/v1/"quoted"\n' });
  const { timestamp } = entry as { timestamp: string };
  expect(new Date(timestamp).toISOString()).toBe(timestamp);
  expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now());
});

test('a secret is redacted at any depth', async () => {
  const secrets = {
    password: 's3cret-1',
    headers: [{ Authorization: 's3cret-2', cookie: 's3cret-3' }],
    deep: { a: { apiKey: 's3cret-4' } },
  };
  const lines = await linesOf((logger) => logger.info('request', secrets));
  expect(lines.join()).not.toContain('s3cret');
  expect(lines.join().match(/\[redacted\]/g)).toHaveLength(4);
});

test('an error keeps its name, message, stack and cause, and nothing else', async () => {
  const cause = new RangeError('inner');
  const error = Object.assign(new TypeError('outer', { cause }), { parameters: ['a value of a customer'] });
  const [entry] = await entriesOf((logger) => logger.error('request failed', { error }));
  expect(entry).toEqual({
    timestamp: expect.any(String),
    level: 'error',
    message: 'request failed',
    error: {
      name: 'TypeError',
      message: 'outer',
      stack: error.stack,
      cause: { name: 'RangeError', message: 'inner', stack: cause.stack },
    },
  });
});

test('an error as the message gives a line with its level', async () => {
  const [entry] = await entriesOf((logger) => logger.error(new TypeError('alone')));
  expect(entry).toMatchObject({ level: 'error', name: 'TypeError', message: 'alone' });
});

test('large integers and circular references are logged', async () => {
  const circle: Record<string, unknown> = { count: 12_345_678_901_234_567_890n };
  circle.self = circle;
  const [entry] = await entriesOf((logger) => logger.info('odd', { circle }));
  expect(entry).toMatchObject({ circle: { count: '12345678901234567890' } });
});

test('LOG_LEVEL sets the least severe level, and silent logs nothing', async () => {
  const all: Work = (logger) => {
    logger.debug('debugging');
    logger.info('informing');
    logger.warn('warning');
    logger.error('failing');
  };
  expect(await linesOf(all, { LOG_LEVEL: 'warn' })).toHaveLength(2);
  written = [];
  expect(await linesOf(all, { LOG_LEVEL: 'silent' })).toEqual([]);
});

test('a line outside production is readable text', async () => {
  const [line] = await linesOf((logger) => logger.info('request', { status: 200, actor: undefined, token: 'x', error: new Error('why') }), {
    NODE_ENV: 'development',
  });
  expect(line).toMatch(/^\d{4}-\S+Z info request status=200 token=\[redacted\] error=\{"name":"Error","message":"why"/);
});

test('what goes on for long is logged once a minute, each message by itself', async () => {
  const now = jest.spyOn(performance, 'now');
  const entries = await entriesOf((logger) => {
    const log = new RateLimitedLog(logger);
    for (const [at, message] of [
      [1_000, 'first'],
      [1_000, 'second'],
      [60_999, 'first'],
      [61_000, 'first'],
    ] as const) {
      now.mockReturnValue(at);
      log.warn(message, { at });
    }
  });
  expect(entries.map(({ message, at }) => [message, at])).toEqual([
    ['first', 1_000],
    ['second', 1_000],
    ['first', 61_000],
  ]);
});
