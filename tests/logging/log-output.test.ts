import { LogOutput } from '../../src/logging/log-output';
import { run } from '../platform/support/server-process';

const LINE = Symbol.for('message');

let written: string[];
let output: LogOutput;

beforeEach(() => {
  written = [];
  output = new LogOutput({ write: (text) => written.push(String(text)) > 0 });
});

afterEach(() => turn());

const log = (line: string) => output.log({ [LINE]: line }, () => undefined);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('lines of one turn go out in one write, in their order, once', async () => {
  for (const line of ['one', 'two', 'three']) log(line);
  await Promise.resolve();
  log('four');
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual(['one\ntwo\nthree\nfour\n']);
  await turn();
  log('five');
  await turn();
  expect(written).toEqual(['one\ntwo\nthree\nfour\n', 'five\n']);
});

test('a caller is told at once that its line is taken', () => {
  const done = jest.fn();
  output.log({ [LINE]: 'one' }, done);
  expect(done).toHaveBeenCalledTimes(1);
});

test('more than 64 KiB do not wait, and what follows still comes', async () => {
  const long = 'x'.repeat(40 * 1024);
  log(long);
  expect(written).toEqual([]);
  log(long);
  expect(written).toEqual([`${long}\n${long}\n`]);
  log('last');
  await turn();
  expect(written.slice(1)).toEqual(['last\n']);
});

test('an output more is no listener more', () => {
  const before = process.listenerCount('exit');
  for (let count = 0; count < 20; count++) new LogOutput({ write: () => true });
  expect(process.listenerCount('exit')).toBe(before);
});

test.each([
  ['an exit', 'process.exit(3)', 3],
  ['a throw that nobody catches', 'throw new Error("on purpose")', 1],
])('what waits is written at %s, of all loggers', async (_what, ending, expected) => {
  const script = `
    const { createLogger } = require('./src/logging/logger');
    const loggers = [1, 2, 3].map(() => createLogger({ LOG_LEVEL: 'info', NODE_ENV: 'production' }));
    for (const logger of loggers) for (const line of ['first', 'last']) logger.info(line + loggers.indexOf(logger));
    ${ending};`;
  const { code, output: text } = await run(['--require', 'tsx/cjs', '-e', script], {});
  expect(code).toBe(expected);
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['first0', 'last0', 'first1', 'last1', 'first2', 'last2']);
});
