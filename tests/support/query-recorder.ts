import { Client } from 'pg';

/** Runs work and answers the text of every statement that it sent, whichever way: the driver itself is listened to. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const plain = Client.prototype.query;
  const listening = jest.spyOn(Client.prototype, 'query').mockImplementation(function record(this: Client, ...args: unknown[]) {
    const [query] = args;
    statements.push(typeof query === 'string' ? query : String((query as { text?: string }).text));
    return Reflect.apply(plain, this, args) as never;
  });
  try {
    await work();
  } finally {
    listening.mockRestore();
  }
  return statements;
}
