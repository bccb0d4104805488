import type { Client, QueryConfig, QueryResultRow } from 'pg';
import type { Sequelize } from 'sequelize';
import { type Ctx, isTxContext } from '../../context/context';
import { acquireInTime, type Wait } from '../pool/waits/acquire-in-time';
import { isEndOfSession } from './database-error';
import { PreparedNames } from './prepared-names';

/** One parameterised SQL statement. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /**
   * How long it may take, in milliseconds, where STATEMENT_TIMEOUT_MS is too short, as for a job over the whole catalogue; the limit is that
   * of the unit of work from then on.
   */
  readonly timeoutMs?: number;
}

/** The client waits this much longer than the server's own timeouts, so that it acts only where the server is silent. */
export const CLIENT_MARGIN_MS = 1_000;

/*
 * A connection keeps each prepared statement for life, and clients choose the shape of a list.
 */
const MAX_PREPARED = 500;
const names = new PreparedNames(MAX_PREPARED);

interface Connections {
  getConnection(options: { type: 'SELECT'; useMaster: boolean }): Promise<Client>;
  releaseConnection(connection: Client): void;
}

/**
 * Returns all rows of a statement, run as a named prepared statement: on the unit of work's connection inside one, else on a pooled
 * one. PostgreSQL parses and plans it once per connection, which makes a one-product read four times as fast.
 */
export async function queryAll<Row extends QueryResultRow>(ctx: Ctx, statement: Statement): Promise<Row[]> {
  if (isTxContext(ctx)) {
    const { connection } = ctx.transaction as unknown as { connection: Client };
    if (statement.timeoutMs !== undefined) await connection.query(`SET LOCAL statement_timeout = ${Math.trunc(statement.timeoutMs)}`);
    return queryOn<Row>(connection, statement);
  }
  return withConnection(ctx.sequelize, (connection) => queryOn<Row>(connection, statement));
}

/** Returns the first row of a statement, or null. */
export async function queryOne<Row extends QueryResultRow>(ctx: Ctx, statement: Statement): Promise<Row | null> {
  const [row] = await queryAll<Row>(ctx, statement);
  return row ?? null;
}

/** Runs work on a connection of the pool; with a wait, throws `busy` (503) at its deadline. */
export async function withConnection<T>(sequelize: Sequelize, work: (connection: Client) => Promise<T>, wait?: Wait): Promise<T> {
  const connecting = () => acquire(sequelize);
  const connection = await (wait ? acquireInTime(wait, connecting, (late) => release(sequelize, late)) : connecting());
  try {
    return await work(connection);
  } finally {
    release(sequelize, connection);
  }
}

/** Acquires a connection of the pool. */
export function acquire({ connectionManager }: Sequelize): Promise<Client> {
  return (connectionManager as unknown as Connections).getConnection({ type: 'SELECT', useMaster: true });
}

/** Returns a connection to the pool. */
export function release({ connectionManager }: Sequelize, connection: Client): void {
  (connectionManager as unknown as Connections).releaseConnection(connection);
}

/** Runs a prepared statement on a connection and returns its rows. */
export async function queryOn<Row extends QueryResultRow>(connection: Client, { text, values, timeoutMs }: Statement): Promise<Row[]> {
  const name = names.of(text);
  try {
    const { rows } = await connection.query<Row>(limited({ text, values: [...values], ...(name !== null && { name }) }, timeoutMs));
    return rows;
  } catch (error) {
    // Ending it here keeps a connection that is about to close, or answered nothing, out of the pool.
    if (isEndOfSession(error)) void connection.end();
    throw error;
  }
}

/* The driver's own limit is per statement, too, though its types do not say so. */
function limited(query: QueryConfig, timeoutMs: number | undefined): QueryConfig {
  return timeoutMs === undefined ? query : Object.assign(query, { query_timeout: timeoutMs + CLIENT_MARGIN_MS });
}
