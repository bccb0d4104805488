import { LogOutput } from '../../src/logging/log-output';
import { runNode } from '../support/run-node';

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

test('writes the lines of one turn of the event loop together, in order, once', async () => {
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

test('calls back at once', () => {
  const done = jest.fn();
  output.log({ [LINE]: 'one' }, done);
  expect(done).toHaveBeenCalledTimes(1);
});

test('writes more than 64 KiB at once, and the lines after them in the next turn', async () => {
  const long = 'x'.repeat(40 * 1024);
  log(long);
  expect(written).toEqual([]);
  log(long);
  expect(written).toEqual([`${long}\n${long}\n`]);
  log('last');
  await turn();
  expect(written.slice(1)).toEqual(['last\n']);
});

test('adds one exit listener for all outputs', () => {
  const before = process.listenerCount('exit');
  for (let count = 0; count < 20; count++) new LogOutput({ write: () => true });
  expect(process.listenerCount('exit')).toBe(before);
});

test.each([
  ['an exit', 'process.exit(3)', 3],
  ['an uncaught error', 'throw new Error("on purpose")', 1],
])('writes the buffered lines of all loggers at %s', async (_what, ending, expected) => {
  const script = `
    const { createLogger } = require('./src/logging/logger');
    const loggers = [1, 2, 3].map(() => createLogger({ LOG_LEVEL: 'info', NODE_ENV: 'production' }));
    for (const logger of loggers) for (const line of ['first', 'last']) logger.info(line + loggers.indexOf(logger));
    ${ending};`;
  const { code, output: text } = await runNode(['--require', 'tsx/cjs', '-e', script], {});
  expect(code).toBe(expected);
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['first0', 'last0', 'first1', 'last1', 'first2', 'last2']);
});
