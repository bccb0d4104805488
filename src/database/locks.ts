import type { TxContext } from '../context/context';
import { queryAll } from './sql/statement';

/*
 * Writers take locks in one order, so that no two can deadlock: the advisory locks in the order of this list, then the lock of a name,
 * then rows by table in alphabetical order, then by id.
 */
const ADVISORY_LOCKS = { administrators: 7_001, categoryTree: 7_002, auditPartitions: 7_003 } as const;

/** Takes an advisory lock until the unit of work ends. */
export async function takeAdvisoryLock(tx: TxContext, name: keyof typeof ADVISORY_LOCKS): Promise<void> {
  await queryAll(tx, { text: 'SELECT pg_advisory_xact_lock($1)', values: [ADVISORY_LOCKS[name]] });
}

/** Takes the lock of a name, such as an id that is free yet, until the unit of work ends: the second comer sees what the first did. */
export async function lockName(tx: TxContext, name: string): Promise<void> {
  await queryAll(tx, { text: 'SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', values: [name] });
}
