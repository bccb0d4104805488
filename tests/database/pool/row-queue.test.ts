import { type Batch, RowQueue } from '../../../src/database/pool/waits/row-queue';

/** A batch with room for so many claims at once; `groups` are the names of the claims that it started together. */
class Recorder implements Batch {
  readonly groups: string[][] = [];
  granted: string[] = [];

  constructor(public room: number) {}

  start(): void {
    this.groups.push(this.granted);
    this.room -= this.granted.length;
    this.granted = [];
  }
}

let queue: RowQueue;
let batch: Recorder;
let log: string[];

beforeEach(() => {
  queue = new RowQueue();
  batch = new Recorder(0);
  log = [];
});

const never = () => performance.now() + 60_000;
const enter = (name: string, rows: readonly string[], { in: group = null as Recorder | null, deadline = never() } = {}) => {
  const grant = () => void (group ? group.granted : log).push(name);
  queue.enter({ rows, deadline, batch: group, grant, refuse: () => log.push(`${name} refused`) });
};

test('grants claims of other rows at once, and those of one row in order of arrival', () => {
  enter('first', ['a']);
  enter('other', ['b']);
  enter('second', ['a']);
  enter('third', ['a']);
  expect(log).toEqual(['first', 'other']);
  queue.release(['a']);
  expect(log).toEqual(['first', 'other', 'second']);
  queue.release(['a']);
  expect(log).toEqual(['first', 'other', 'second', 'third']);
});

test('gives a claim all its rows at once, and lets no later one overtake it', () => {
  enter('first', ['a']);
  enter('both', ['a', 'b']);
  enter('late', ['b']);
  expect(log).toEqual(['first']);
  queue.release(['a']);
  expect(log).toEqual(['first', 'both']);
  queue.release(['a', 'b']);
  expect(log).toEqual(['first', 'both', 'late']);
});

test('grants claims of one batch together though they share rows, but no other claim of these rows', () => {
  enter('x', ['a'], { in: batch });
  enter('y', ['a'], { in: batch });
  enter('alone', ['a']);
  enter('z', ['a'], { in: batch });
  batch.room = 16;
  queue.advance();
  expect(batch.groups).toEqual([['x', 'y']]);
  queue.release(['a']);
  expect(log).toEqual([]);
  queue.release(['a']);
  expect(log).toEqual(['alone']);
  queue.release(['a']);
  expect(batch.groups).toEqual([['x', 'y'], ['z']]);
});

test('starts no more claims of a batch than it has room for', () => {
  for (const name of ['x', 'y', 'z']) enter(name, [name], { in: batch });
  batch.room = 2;
  queue.advance();
  expect(batch.groups).toEqual([['x', 'y']]);
  batch.room = 1;
  queue.advance();
  expect(batch.groups).toEqual([['x', 'y'], ['z']]);
});

test('puts claims that enter again ahead of those that waited', () => {
  const first = { rows: ['a'], deadline: never(), batch: null, grant: () => void log.push('first'), refuse: () => undefined };
  queue.enter(first);
  enter('second', ['a']);
  queue.reenter([{ ...first, grant: () => void log.push('first again') }]);
  expect(log).toEqual(['first', 'first again']);
});

test('refuses a claim at its deadline without any other traffic, and lets those behind it go', async () => {
  enter('first', ['a']);
  enter('late', ['a', 'b'], { deadline: performance.now() + 20 });
  enter('behind', ['b']);
  expect(log).toEqual(['first']);
  while (log.length < 3) await new Promise(setImmediate);
  expect(log).toEqual(['first', 'late refused', 'behind']);
});

test('refuses a claim at its own deadline though those before it have later ones', async () => {
  enter('first', ['a']);
  enter('patient', ['a']);
  enter('repeated', ['a'], { deadline: performance.now() + 20 });
  while (log.length < 2) await new Promise(setImmediate);
  expect(log).toEqual(['first', 'repeated refused']);
});

test('refuses a claim that enters again at its own deadline, and lets those behind it go', async () => {
  const claim = { rows: ['a'], deadline: performance.now() + 20, batch, grant: () => undefined };
  batch.room = 1;
  queue.enter({ ...claim, refuse: () => undefined });
  batch.room = 0;
  enter('behind', ['a']);
  queue.reenter([{ ...claim, refuse: () => log.push('again refused') }]);
  while (log.length < 2) await new Promise(setImmediate);
  expect(log).toEqual(['again refused', 'behind']);
});

test('releases the rows of work that fails', async () => {
  const failing = queue.run(['a'], never(), () => Promise.reject(new Error('in the work')));
  await expect(failing).rejects.toThrow('in the work');
  expect(await queue.run(['a'], never(), async () => 'free')).toBe('free');
});
