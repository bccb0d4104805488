import { outcomes } from '../../bench/report/aims';
import type { Cell } from '../../bench/report/summary';

const cell = (job: string, contender: string, rate: number): Cell => ({
  ...{ job, contender, requestsPerSecond: rate, rates: [rate], failed: 0 },
  ...{ p50: null, p99: null, cpuMicroseconds: null, residentMegabytes: null },
});
const cells = [cell('page', 's', 100), cell('page', 'a', 100), cell('deep', 's', 90), cell('deep', 'a', 60)];
const measured = (duels: Parameters<typeof outcomes>[1]) =>
  outcomes(cells, duels).map(({ job, of, ratio, isMet }) => [job, of.contender, ratio.median, isMet]);

test('an aim is held against the rounds, and against a duel where one was fought', () => {
  const others = [
    ['page', 'a', 1, false],
    ['deep', 'a', 1.5, true],
  ];
  expect(measured([])).toEqual([...others, ['deep', 's', 0.9, false]]);
  const duel = { job: 'deep', beside: 'page', rates: [96, 97, 98], besideRates: [100, 100, 100] };
  expect(measured([duel])).toEqual([...others, ['deep', 's', 0.97, true]]);
  expect(measured([{ ...duel, beside: 'product' }])).toEqual([...others, ['deep', 's', 0.9, false]]);
});
