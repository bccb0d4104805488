import type { Client, QueryResultRow } from 'pg';
import { databaseFault } from '../fault';
import { queryOn, type Statement } from '../statement';
import { inOneWrite } from './pipelined-driver';

/** Rows of a table that a unit locks, by id: all that it could have to wait for. */
export interface RowLocks {
  readonly table: string;
  readonly ids: readonly string[];
}

/** A unit of work of one statement. */
export interface Unit {
  readonly statement: Statement;
  readonly locks: readonly RowLocks[];
}

/** What became of a unit: its rows, committed; its error; or null where nothing of it was done, so that it can be run alone. */
export type Outcome = { readonly rows: QueryResultRow[] } | { readonly error: unknown } | null;

/**
 * Runs several units one after the other in one transaction, so that they share its commit. It waits for nobody's lock: what is not
 * free at once is left out. Where PostgreSQL undoes the transaction, nothing of any was done. Throws where nobody can say.
 */
export async function runInOneTransaction(connection: Client, units: readonly Unit[]): Promise<Outcome[]> {
  const free = await begin(connection, units).catch(() => NOBODY);
  if (free.size === 0) {
    await connection.query('ROLLBACK');
    return units.map(() => null);
  }
  const answers = inOneWrite(connection, () => {
    const running = [...free].map((unit) => queryOn<QueryResultRow>(connection, unit.statement));
    return [connection.query('COMMIT'), ...running] as const;
  });
  const [ended, ...ran] = await Promise.allSettled(answers);
  if (isUndone(ended)) return units.map(() => null);
  if (ended.status === 'rejected') throw ended.reason;
  const outcomes = new Map([...free].map((unit, at) => [unit, outcomeOf(ran[at] as PromiseSettledResult<QueryResultRow[]>)]));
  return units.map((unit) => outcomes.get(unit) ?? null);
}

/* What keeps a group from beginning, each unit meets alone, or not. */
const NOBODY: ReadonlySet<Unit> = new Set();

/* Answers the units whose rows are all locked now. BEGIN and the locks travel together. */
async function begin(connection: Client, units: readonly Unit[]): Promise<ReadonlySet<Unit>> {
  const wanted = new Map<string, Set<string>>();
  for (const { table, ids } of units.flatMap(({ locks }) => locks)) wanted.set(table, new Set([...(wanted.get(table) ?? []), ...ids]));
  const tables = [...wanted.keys()];
  const [, ...rows] = await Promise.all(
    inOneWrite(connection, () => [connection.query('BEGIN'), ...tables.map((table) => lockFree(connection, table, wanted.get(table)))]),
  );
  const locked = new Map(tables.map((table, at) => [table, rows[at]]));
  return new Set(units.filter(({ locks }) => locks.every(({ table, ids }) => ids.every((id) => locked.get(table)?.has(id)))));
}

/* The list as a sub-select, so that its length does not make PostgreSQL plan anew. */
async function lockFree(connection: Client, table: string, ids: Iterable<string> = []): Promise<Set<string>> {
  const text = `SELECT id FROM ${table} WHERE id = ANY ((SELECT $1::uuid[])::uuid[]) FOR NO KEY UPDATE SKIP LOCKED`;
  const rows = await queryOn<{ id: string }>(connection, { text, values: [[...ids]] });
  return new Set(rows.map(({ id }) => id));
}

/*
 * A transaction in which something failed ends by ROLLBACK, whatever it was asked for; one whose commit PostgreSQL refuses has not
 * happened either. Only where the server or the connection went away meanwhile can nobody say.
 */
function isUndone(ended: PromiseSettledResult<{ readonly command: string }>): boolean {
  if (ended.status === 'fulfilled') return ended.value.command === 'ROLLBACK';
  const sqlstate = databaseFault(ended.reason)?.sqlstate;
  return sqlstate !== undefined && !/^(08|57|58|XX)/.test(sqlstate);
}

function outcomeOf(ran: PromiseSettledResult<QueryResultRow[]>): Outcome {
  return ran.status === 'fulfilled' ? { rows: ran.value } : { error: ran.reason };
}
