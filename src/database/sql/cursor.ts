import type { Client, QueryResultRow } from 'pg';
import type { Ctx } from '../../context/context';
import { inShare } from '../pool/pool-shares';
import { deadlineOf } from '../pool/waits/deadline';
import { type Statement, withConnection } from './statement';

const ROWS = 500;

/** Fetches the next rows of a cursor; none at its end. */
export type Fetch<Row> = () => Promise<Row[]>;

/**
 * Runs work that reads a statement's rows 500 at a time, all from one snapshot. It takes a connection of the share for slow reads for as
 * long as the work does, which must not wait for a client. Throws `busy` (503) where none gets free in time.
 */
export function withCursor<Row extends QueryResultRow>(
  { sequelize, hangUpSignal }: Ctx,
  statement: Statement,
  work: (fetch: Fetch<Row>) => Promise<void>,
): Promise<void> {
  const wait = { deadline: deadlineOf(sequelize), signal: hangUpSignal?.() };
  return inShare(sequelize, 'slow', wait, () =>
    withConnection(sequelize, (connection) => readByCursor<Row>(connection, statement, work), wait),
  );
}

async function readByCursor<Row extends QueryResultRow>(
  connection: Client,
  { text, values }: Statement,
  work: (fetch: Fetch<Row>) => Promise<void>,
): Promise<void> {
  await connection.query('BEGIN READ ONLY');
  try {
    await connection.query({ text: `DECLARE rows_of_statement NO SCROLL CURSOR FOR ${text}`, values: [...values] });
    await work(async () => (await connection.query<Row>(`FETCH ${ROWS} FROM rows_of_statement`)).rows);
    await connection.query('COMMIT');
  } catch (error) {
    await rollBack(connection);
    throw error;
  }
}

/* A connection that cannot even roll back must not go back to the pool. */
async function rollBack(connection: Client): Promise<void> {
  try {
    await connection.query('ROLLBACK');
  } catch {
    await connection.end();
  }
}
