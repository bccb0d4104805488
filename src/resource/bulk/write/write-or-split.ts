import type { TxContext } from '../../../context/context';
import { databaseFault } from '../../../database/sql/database-error';
import { queryAll } from '../../../database/sql/statement';
import { problemFromDatabase } from '../../../http/errors/problem-from-database';
import { idTaken } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import type { PendingWrite } from '../../write/pending-write';
import { isDerivedSlugTaken } from '../../write/slug/derived-slugs';

/**
 * Writes rows by one call of `write`, in a savepoint. Checks have passed, so it rarely fails: where another transaction came first, or a
 * constraint has no check of its own. PostgreSQL then names one row at most, so the writes are split in halves until those that it refuses
 * stand alone, and these are refused.
 */
export async function writeOrSplit<W extends PendingWrite>(
  tx: TxContext,
  resource: Resource,
  writes: readonly W[],
  write: (part: readonly W[]) => Promise<void>,
): Promise<void> {
  const problem = await problemOf(tx, resource, writes, () => write(writes));
  if (problem === null) return;
  if (writes.length === 1) return writes[0]?.refuse(problem);
  const middle = writes.length >> 1;
  await writeOrSplit(tx, resource, writes.slice(0, middle), write);
  await writeOrSplit(tx, resource, writes.slice(middle), write);
}

/* Runs work in a savepoint, and returns the problem of a constraint or value that it broke; any other error goes on. */
async function problemOf(
  tx: TxContext,
  resource: Resource,
  writes: readonly PendingWrite[],
  work: () => Promise<void>,
): Promise<Problem | null> {
  await queryAll(tx, { text: 'SAVEPOINT bulk_write', values: [] });
  try {
    await work();
  } catch (error) {
    // The whole unit of work is repeated then.
    if (isDerivedSlugTaken(resource, writes, error)) throw error;
    const problem = rowProblem(resource, error);
    if (problem === null) throw error;
    await queryAll(tx, { text: 'ROLLBACK TO SAVEPOINT bulk_write', values: [] });
    return problem;
  }
  await queryAll(tx, { text: 'RELEASE SAVEPOINT bulk_write', values: [] });
  return null;
}

/* SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation) are about rows. */
function rowProblem({ model, one }: Resource, error: unknown): Problem | null {
  const fault = databaseFault(error);
  if (!fault || !/^2[23]/.test(fault.sqlstate)) return null;
  if (tableOf(model()) === `"${fault.constraint.replace(/_pk$/, '')}"`) {
    return idTaken.because(`Another ${one}, perhaps a deleted one, has this id: choose another id.`, { cause: error });
  }
  return problemFromDatabase(error, 'POST', {});
}
