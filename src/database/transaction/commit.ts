import type { Client } from 'pg';
import { databaseFault } from '../sql/database-error';

/** The answer to a commit was lost: the work is done or undone, and nobody knows which. Never repeated. */
export class OutcomeUnknownError extends Error {
  constructor(cause: unknown) {
    super('The answer to a commit was lost', { cause });
    this.name = 'OutcomeUnknownError';
  }
}

/**
 * Sends what commits (COMMIT, or a statement that is its own transaction) and returns its answer. Throws the error of PostgreSQL where
 * the work was undone, and `OutcomeUnknownError` where the answer was lost.
 */
export async function commitOn<T>(connection: Client, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (wasNeverSent(error) || (await isUndone(connection, error))) throw error;
    // Whatever it is still waiting for would be in the way of the next work.
    void connection.end();
    throw cameTooLate(error) ? error : new OutcomeUnknownError(error);
  }
}

/*
 * PostgreSQL undoes the work of an ERROR and keeps the session; a FATAL or PANIC, which may follow the commit, ends it. The severity is
 * translated and the SQLSTATE may be the same (a full disk is either), so the session itself is asked. Bounded by the query timeout.
 */
async function isUndone(connection: Client, error: unknown): Promise<boolean> {
  const fault = databaseFault(error);
  if (!fault || SAYS_UNKNOWN.has(fault.sqlstate)) return false;
  return connection.query('').then(
    () => true,
    () => false,
  );
}

/* transaction_resolution_unknown and statement_completion_unknown, which poolers and distributed databases raise. */
const SAYS_UNKNOWN = new Set(['08007', '40003']);

/* idle_in_transaction_session_timeout ends a session that waits for its next statement: what was sent to it meanwhile did nothing. */
function cameTooLate(error: unknown): boolean {
  return databaseFault(error)?.sqlstate === '25P03';
}

/* The driver refuses a statement on a connection that it knows to be broken or closed. */
function wasNeverSent(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith('not queryable');
}
