import { type Cell, ratioOf } from '../../bench/report/summary';

const cell = (rates: readonly number[]): Cell => ({
  ...{ job: 'page', contender: 's', requestsPerSecond: 0, rates, failed: 0 },
  ...{ p50: null, p99: null, cpuMicroseconds: null, residentMegabytes: null },
});
const upTo = (rounds: number) => Array.from({ length: rounds }, (_, at) => rounds - at);

test('takes the median of the rounds’ ratios, not the ratio of two medians', () => {
  expect(ratioOf(cell([1, 10, 30]), cell([1, 5, 10]))).toEqual({ median: 2, low: 1, high: 3 });
});

// The ranks of the sign test's interval at 95 %, by the normal approximation, outwards.
test.each([
  [5, 1, 5],
  [20, 5, 16],
  [100, 40, 61],
])('of %i rounds, the bounds are those of ranks %i and %i', (rounds, low, high) => {
  expect(ratioOf(cell(upTo(rounds)), cell(Array(rounds).fill(1)))).toEqual({ median: (rounds + 1) / 2, low, high });
});
