import { Client } from 'pg';

/** Runs SQL, and returns its rows. */
export type Query = <Row>(sql: string) => Promise<Row[]>;

/** A connection for queries and for changes that are rolled back. */
export class Connection {
  private readonly client: Client;

  constructor(url: string) {
    this.client = new Client({ connectionString: url });
  }

  open(): Promise<unknown> {
    return this.client.connect();
  }

  close(): Promise<void> {
    return this.client.end();
  }

  readonly query: Query = async <Row>(sql: string) => {
    const answer = await this.client.query({ text: sql });
    return answer.rows as Row[];
  };

  /** Runs the work after a change that is rolled back afterwards. */
  async after<T>(change: string, work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      await this.client.query(change);
      return await work();
    } finally {
      await this.client.query('ROLLBACK');
    }
  }
}
