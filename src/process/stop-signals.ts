const STOP_SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
const SAME_MS = 500;

export type StopSignal = keyof typeof STOP_SIGNALS;

/**
 * Calls `stop` at the first SIGINT, SIGTERM or SIGHUP, and ends the process at once at a later one. Ctrl-C under npm arrives twice, from
 * the terminal and from npm, so a signal within half a second counts as the same.
 */
export function onStopSignal(stop: (signal: StopSignal) => void): void {
  let stoppedAt: number | undefined;
  for (const [name, number] of Object.entries(STOP_SIGNALS) as [StopSignal, number][]) {
    process.on(name, () => {
      if (stoppedAt === undefined) {
        stoppedAt = performance.now();
        stop(name);
      } else if (performance.now() - stoppedAt > SAME_MS) {
        process.stderr.write(`${name} again: ended at once\n`);
        process.exit(128 + number);
      }
    });
  }
}
