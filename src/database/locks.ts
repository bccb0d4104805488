import type { TxContext } from '../context/context';
import { queryAll } from './sql/statement';

/*
 * Every writer takes its locks in one order, so that no two can deadlock: advisory locks in the order of this list, then the lock of an id
 * that no row may have yet, then rows by table in alphabetical order, then by id. The lock on the base of a derived slug comes last, because
 * the slug may depend on the locked row: whoever has it waits for no other row. One exception: what begins, continues or ends a user's
 * sessions locks the row in `users` before `refresh_tokens` and `login_sources`.
 */
const ADVISORY_LOCKS = { administrators: 7_001, categoryTree: 7_002, auditPartitions: 7_003, orderImports: 7_004 } as const;

export type AdvisoryLock = keyof typeof ADVISORY_LOCKS;

/** Takes an advisory lock that is held until the unit of work ends. */
export async function takeAdvisoryLock(tx: TxContext, name: AdvisoryLock): Promise<void> {
  await queryAll(tx, { text: 'SELECT pg_advisory_xact_lock($1)', values: [ADVISORY_LOCKS[name]] });
}

/** Returns what stands for an advisory lock among the rows of a unit of work, so that it is waited for in the process. */
export function advisoryRow(name: AdvisoryLock): string {
  return `advisory ${name}`;
}

/** Takes the lock of a name, such as an id that no row has yet, until the unit of work ends: a later one sees what this one wrote. */
export function lockName(tx: TxContext, name: string): Promise<void> {
  return lockNames(tx, [name]);
}

/* Sorted before the locks are taken, so that two units of work with the same names cannot deadlock. */
const lockNamesBy = (lock: string) => `SELECT ${lock}(number) FROM (
  SELECT DISTINCT hashtextextended(name, 0) AS number FROM unnest((SELECT $1::text[])) AS name ORDER BY 1 OFFSET 0
) n`;
const LOCK_NAMES = lockNamesBy('pg_advisory_xact_lock');
const SHARE_NAMES = lockNamesBy('pg_advisory_xact_lock_shared');

/** Takes the locks of several names, in one order; no statement without names. */
export async function lockNames(tx: TxContext, names: readonly string[]): Promise<void> {
  if (names.length > 0) await queryAll(tx, { text: LOCK_NAMES, values: [names] });
}

/** Takes the lock of a name together with others who share it; whoever takes it alone waits for all of them. */
export async function shareName(tx: TxContext, name: string): Promise<void> {
  await queryAll(tx, { text: SHARE_NAMES, values: [[name]] });
}
