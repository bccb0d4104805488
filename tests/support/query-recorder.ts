import { Client } from 'pg';

/** A statement as it went to the driver. */
export interface RecordedQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs work and answers every query that it sent, whichever way: the driver itself is listened to. */
export async function recordQueries(work: () => Promise<unknown>): Promise<RecordedQuery[]> {
  const queries: RecordedQuery[] = [];
  const plain = Client.prototype.query;
  Client.prototype.query = function record(this: Client, ...args: unknown[]) {
    const [query] = args;
    const { text, values = [] } = typeof query === 'string' ? { text: query } : (query as RecordedQuery);
    queries.push({ text, values });
    return Reflect.apply(plain, this, args);
  } as typeof plain;
  try {
    await work();
  } finally {
    Client.prototype.query = plain;
  }
  return queries;
}

/** Runs work and answers the text of every statement that it sent. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  return (await recordQueries(work)).map(({ text }) => text);
}
