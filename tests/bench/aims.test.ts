import { outcomes } from '../../bench/report/aims';
import type { Cell } from '../../bench/report/summary';

const cell = (job: string, contender: string, rate: number): Cell => ({
  ...{ job, contender, requestsPerSecond: rate, rates: [rate], failed: 0 },
  ...{ p50: null, p99: null, cpuMicroseconds: null, residentMegabytes: null },
});
const cells = [cell('page', 's', 100), cell('page', 'a', 100), cell('deep', 's', 90), cell('deep', 'a', 60)];
const measured = (duels: Parameters<typeof outcomes>[1]) =>
  outcomes(cells, duels).map(({ job, of, ratio, isMet }) => [job, of.contender, ratio.median, isMet]);

test('compares an aim with the rounds, and with a duel where there was one', () => {
  const others = [
    ['page', 'a', 1, false],
    ['deep', 'a', 1.5, true],
  ];
  expect(measured([])).toEqual([...others, ['deep', 's', 0.9, false]]);
  const duel = { job: 'deep', beside: 'page', rates: [96, 97, 98], besideRates: [100, 100, 100], failed: 0 };
  expect(measured([duel])).toEqual([...others, ['deep', 's', 0.97, true]]);
  expect(measured([{ ...duel, beside: 'product' }])).toEqual([...others, ['deep', 's', 0.9, false]]);
});

test('does not meet an aim with failed requests, in a round or in a duel', () => {
  const [page, ...rest] = cells as [Cell, ...Cell[]];
  const isMet = (from: readonly Cell[], failed?: number) =>
    outcomes(from, failed === undefined ? [] : [{ job: 'deep', beside: 'page', rates: [99], besideRates: [100], failed }]).map(
      (outcome) => outcome.isMet,
    );
  expect(isMet(cells, 0)).toEqual([false, true, true]);
  expect(isMet(cells, 1)).toEqual([false, true, false]);
  expect(isMet([page, ...rest.map((one) => ({ ...one, failed: 1 }))])).toEqual([false, false, false]);
});
