import type { TxContext } from '../http/context';
import { run } from './statement';

/*
 * Writers take locks in one order, so that none can wait in a circle: first the advisory locks in the order of this list,
 * then rows by table in alphabetical order, then by id.
 */
const ADVISORY_LOCKS = { administrators: 7_001, categoryTree: 7_002 } as const;

/** Holds an advisory lock until the unit of work ends. */
export async function takeAdvisoryLock(tx: TxContext, name: keyof typeof ADVISORY_LOCKS): Promise<void> {
  await run(tx, { text: 'SELECT pg_advisory_xact_lock($1)', values: [ADVISORY_LOCKS[name]] });
}
