import autocannon from 'autocannon';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** What is sent: requests in turn, on so many connections, at a rate that does not follow the answers; without one, as fast as they come. */
export interface Offer {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
  readonly requestsPerSecond?: number;
}

/** How many answers came, by status, and how long those of one status took, in milliseconds. */
export interface Answers {
  readonly perSecond: Readonly<Record<number, number>>;
  readonly errors: number;
  p(status: number, percentile: number): number;
}

/** Offers a load, and returns the answers. */
export function offerLoad({ url, requests, connections, seconds, requestsPerSecond }: Offer): Promise<Answers> {
  const durations = new Map<number, number[]>();
  return new Promise((resolve, reject) => {
    const run = autocannon(
      { url, connections, duration: seconds, ...(requestsPerSecond && { overallRate: requestsPerSecond }), requests: [...requests] },
      (error, result) => {
        if (error) reject(error);
        else resolve({ ...answersIn(durations, seconds), errors: result.errors + result.timeouts });
      },
    );
    run.on('response', (_client, status, _bytes, ms) => {
      const known = durations.get(status);
      if (known) known.push(ms);
      else durations.set(status, [ms]);
    });
  });
}

function answersIn(durations: ReadonlyMap<number, number[]>, seconds: number): Omit<Answers, 'errors'> {
  for (const list of durations.values()) list.sort((a, b) => a - b);
  return {
    perSecond: Object.fromEntries([...durations].map(([status, { length }]) => [status, Math.round(length / seconds)])),
    p: (status, percentile) => {
      const list = durations.get(status) ?? [];
      return Math.round(list[Math.floor((list.length * percentile) / 100)] ?? Number.NaN);
    },
  };
}
