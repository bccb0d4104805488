import type { TxContext } from '../../../context/context';
import { lockNames, shareName } from '../../../database/locks';
import { databaseFault } from '../../../database/sql/database-error';
import { repeatUnit } from '../../../database/transaction/unit-of-work';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import type { PendingWrite } from '../pending-write';
import { assignSlugs, isNumbered } from './assign-slugs';
import { slugOf } from './slug-of';

/* More locks would fill PostgreSQL's lock table. */
const MOST_LOCKED = 50;

/**
 * Gives the writes without a slug one that is derived and free. Units of work that derive the same slug at once wait for each other, so
 * each sees the slugs of those before it.
 */
export async function deriveSlugs(tx: TxContext, resource: Resource, writes: readonly PendingWrite[]): Promise<void> {
  for (const [name, { derived }] of Object.entries(resource.fields)) {
    if (!derived) continue;
    const missing = writes.filter((write) => isMissing(name, write.values, write));
    if (missing.length === 0) continue;
    const based = await Promise.all(
      missing.map(async (write) => ({
        write,
        base: await slugOf(String(write.values[derived.from] ?? write.row?.get(derived.from)), derived.max, resource.one),
      })),
    );
    const changing = based.filter(({ write, base }) => !keepsSlug(name, write, base));
    const bases = [...new Set(changing.map(({ base }) => base))];
    await lockBases(tx, `${tableOf(resource.model())}.${name}`, bases);
    await assignSlugs(tx, resource, { name, max: derived.max, based: changing, given: givenSlugs(name, writes) });
  }
}

/**
 * Runs the write of values with derived slugs. Another unit of work may have been given one of them explicitly in the meantime; this one
 * is repeated then, because its client sent no slug that could be taken.
 */
export async function writingDerivedSlugs(resource: Resource, writes: readonly PendingWrite[], write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isDerivedSlugTaken(resource, writes, error)) repeatUnit(error);
    throw error;
  }
}

/** Returns whether a write failed because another one got a slug that was derived for one of these. */
export function isDerivedSlugTaken({ fields, model }: Resource, writes: readonly PendingWrite[], error: unknown): boolean {
  const fault = databaseFault(error);
  if (fault?.sqlstate !== '23505') return false;
  return Object.entries(fields).some(
    ([name, { derived }]) =>
      derived && fault.constraint === `${model().tableName}_${name}_key` && writes.some((write) => isMissing(name, write.given, write)),
  );
}

/*
 * Requests with many names wait for each other. The batches of imports, which share no names, do not; where two do all the same, and between
 * one with many and one with few, the unique index decides, and the later unit of work is repeated.
 */
async function lockBases(tx: TxContext, column: string, bases: readonly string[]): Promise<void> {
  if (bases.length <= MOST_LOCKED) {
    await lockNames(
      tx,
      bases.map((base) => `${column} ${base}`),
    );
  } else if (tx.isBackground) await shareName(tx, column);
  else await lockNames(tx, [column]);
}

/* A creation leaves the slug out; a replacement without one has null. */
function isMissing(name: string, values: PendingWrite['values'], { row }: PendingWrite): boolean {
  return row === null ? (values[name] ?? null) === null : values[name] === null;
}

/* A replacement under the same name keeps the URL. */
function keepsSlug(name: string, write: PendingWrite, base: string): boolean {
  const present = write.row && String(write.row.get(name));
  if (present === null || !isNumbered(present, base)) return false;
  write.values = { ...write.values, [name]: present };
  return true;
}

function givenSlugs(name: string, writes: readonly PendingWrite[]): string[] {
  return writes.map(({ values }) => values[name] ?? null).filter((slug) => slug !== null) as string[];
}
