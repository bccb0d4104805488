import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';

/* Of the platform's measurement: it sets a timer each so many milliseconds, and records how long each really took. */
const RESOLUTION_MS = 10;
/* Long enough that a single collection of garbage is no overload. */
const WINDOW_MS = 500;

let histogram: IntervalHistogram | undefined;
let startedAt = 0;
let meanMs = 0;

/** Returns how late the event loop of the process is, in milliseconds: the mean of the last half second that is complete. */
export function eventLoopLagMs(): number {
  histogram ??= started();
  const now = performance.now();
  if (now - startedAt < WINDOW_MS) return meanMs;
  // Without a record the loop stood still all the time.
  meanMs = histogram.count === 0 ? now - startedAt : Math.max(0, histogram.mean / 1e6 - RESOLUTION_MS);
  histogram.reset();
  startedAt = now;
  return meanMs;
}

function started(): IntervalHistogram {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  startedAt = performance.now();
  return monitor;
}
