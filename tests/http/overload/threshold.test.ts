import { Threshold } from '../../../src/http/overload/threshold';

test('is reached from the limit until below half of it', () => {
  const threshold = new Threshold(100);
  const seen = [99, 100, 99, 50, 49, 50, 99, 101].map((value) => threshold.isReachedBy(value));
  expect(seen).toEqual([false, true, true, true, false, false, false, true]);
});

test('is never reached where it is off', () => {
  expect(new Threshold('off').isReachedBy(Number.POSITIVE_INFINITY)).toBe(false);
});
