import { Client } from 'pg';

/** A statement as the driver gets it. */
export interface RecordedQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs work, and returns every query that it sent by any path: the recorder replaces the driver's own method. */
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

/** Runs work, and returns the text of every statement that it sent. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  return (await recordQueries(work)).map(({ text }) => text);
}
