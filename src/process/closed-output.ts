/* The reader has gone (a pipe's other end, or the terminal). */
const GONE = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Keeps the process running where nobody reads its output any more (`npm start | head -5`, a closed terminal), or a log file's disk is
 * full: a stream's error that nobody listens to ends the process, and would leave PostgreSQL behind. The first failure of one output is
 * reported on the other.
 */
export function surviveClosedOutput({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process): void {
  const reported = new Set<string>();
  for (const [stream, other, name] of [
    [stdout, stderr, 'stdout'],
    [stderr, stdout, 'stderr'],
  ] as const) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (reported.has(name)) return;
      reported.add(name);
      if (reported.size === 1)
        other.write(`${name} ${GONE.has(String(error.code)) ? 'is closed' : 'fails'} (${error.code}): its lines are lost.\n`);
    });
  }
}
