import type { TxContext } from '../../../context/context';
import { Binder, type Condition, where } from '../../../database/sql/binder';
import { queryAll } from '../../../database/sql/statement';
import { valueTaken } from '../../../problems/common-problems';
import { columnOf, comparable, deletedCondition, SQL_TYPES, tableOf } from '../../definition/columns';
import type { Field } from '../../definition/field';
import type { Resource } from '../../definition/resource';
import type { PendingWrite } from '../pending-write';

/**
 * Refuses, with `value_taken` (409) that names every field, the writes that give an object a unique value of another one, in one statement
 * however many; of two that give the same value, the later one. The unique indexes decide in the end, but PostgreSQL reports only the first.
 */
export async function refuseTaken(tx: TxContext, resource: Resource, writes: readonly PendingWrite[]): Promise<void> {
  const claims = Object.entries(resource.fields).flatMap(([name, field]) => (field.unique ? [claimOf(name, field, writes)] : []));
  const claimed = claims.filter(({ writes: claimants }) => claimants.length > 0);
  if (claimed.length === 0) return;
  const taken = await takenOf(tx, resource, claimed);
  for (const [write, names] of taken) write.refuse(takenProblem('Another object already has this', ', another has this ', names));
  for (const claim of claimed) refuseRepeated(claim);
}

/** The writes that give a unique field a value. */
interface Claim {
  readonly name: string;
  readonly field: Field;
  readonly writes: readonly PendingWrite[];
}

function claimOf(name: string, field: Field, writes: readonly PendingWrite[]): Claim {
  const isChanged = (write: PendingWrite) => write.operation === 'restore' || write.values[name] !== write.row?.get(name);
  return { name, field, writes: writes.filter((write) => claimedBy(write, name) !== null && isChanged(write)) };
}

/* A restored object takes the values that it had. */
function claimedBy({ operation, row, values }: PendingWrite, name: string): unknown {
  return (operation === 'restore' ? row?.get(name) : values[name]) ?? null;
}

async function takenOf(tx: TxContext, resource: Resource, claims: readonly Claim[]): Promise<Map<PendingWrite, string[]>> {
  const { bind, values } = new Binder();
  const model = resource.model();
  const searches = claims.map(({ name, field, writes }, at) => {
    const type = SQL_TYPES[field.kind];
    const isSame: Condition = (t) =>
      `${comparable(columnOf(model, name), field)(t, bind)} = ${field.caseless ? 'lower(w.value)' : 'w.value'} AND ${t}.id <> w.id`;
    // A sub-select with LIMIT is a probe of the index for each value; as a join PostgreSQL might read the whole table.
    const other = `(SELECT 1 FROM ${tableOf(model)} t${where([...deletedCondition(model, 'without'), isSame], 't', bind)} LIMIT 1)`;
    const given = bind(
      writes.map((write) => claimedBy(write, name)),
      `${type}[]`,
    );
    const ids = bind(
      writes.map(({ id }) => id),
      'uuid[]',
    );
    return `SELECT ${at} AS claim, w.position::int AS position
      FROM unnest((SELECT ${given}), (SELECT ${ids})) WITH ORDINALITY AS w (value, id, position) WHERE ${other} IS NOT NULL`;
  });
  const rows = await queryAll<{ claim: number; position: number }>(tx, { text: searches.join(' UNION ALL '), values });
  const taken = new Map<PendingWrite, string[]>();
  for (const { claim, position } of rows.sort((a, b) => a.claim - b.claim)) {
    const { name, writes } = claims[claim] as Claim;
    const write = writes[position - 1] as PendingWrite;
    taken.set(write, [...(taken.get(write) ?? []), name]);
  }
  return taken;
}

function refuseRepeated({ name, field, writes }: Claim): void {
  const seen = new Set<unknown>();
  for (const write of writes) {
    if (write.problem) continue;
    const given = claimedBy(write, name);
    const value = field.caseless ? String(given).toLowerCase() : given;
    if (seen.has(value)) write.refuse(takenProblem('Another operation of this request takes the same', '', [name]));
    seen.add(value);
  }
}

function takenProblem(beginning: string, link: string, names: readonly string[]) {
  const errors = names.map((name) => ({ pointer: `/${name}`, code: 'taken', message: `${name} is taken` }));
  return valueTaken.because(`${beginning} ${names.join(link)}.`, { errors });
}
