import type { Model } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { lockName } from '../../../database/locks';
import { databaseFault } from '../../../database/sql/database-error';
import { repeatUnit } from '../../../database/transaction/unit-of-work';
import { tableOf } from '../../definition/columns';
import type { Resource, Values } from '../../definition/resource';
import { freeSlug } from './free-slug.statement';
import { slugOf } from './slug-of';

/**
 * Returns the values with a slug that is derived and free where they have none. Units of work that derive the same slug at once wait for
 * each other, so each sees the slugs of those before it. `row` is the object as it stands, null for a new one.
 */
export async function withDerivedSlugs(tx: TxContext, resource: Resource, values: Values, row: Model | null): Promise<Values> {
  const derived = await Promise.all(
    missingSlugs(resource, values, row).map(async ({ name, from, max }) => {
      const base = await slugOf(String(values[from] ?? row?.get(from)), max, resource.one);
      const present = row && String(row.get(name));
      if (present !== null && isNumbered(present, base)) return [name, present];
      await lockName(tx, `${tableOf(resource.model())}.${name} ${base}`);
      return [name, await freeSlug(tx, resource, { name, base, max, id: row && String(row.get('id')) })];
    }),
  );
  return { ...values, ...Object.fromEntries(derived) };
}

/**
 * Runs the write of values with derived slugs. Another unit of work may have been given one of them explicitly in the meantime; this one
 * is repeated then, because its client sent no slug that could be taken.
 */
export async function writingDerivedSlugs<T>(resource: Resource, given: Values, row: Model | null, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const fault = databaseFault(error);
    const isOurs = missingSlugs(resource, given, row).some(({ key }) => fault?.constraint === key);
    if (fault?.sqlstate === '23505' && isOurs) repeatUnit(error);
    throw error;
  }
}

interface MissingSlug {
  readonly name: string;
  readonly from: string;
  readonly max: number;
  /** The unique index of its column. */
  readonly key: string;
}

/* A creation leaves the slug out; a replacement without one has null. */
function missingSlugs({ fields, model }: Resource, values: Values, row: Model | null): MissingSlug[] {
  return Object.entries(fields).flatMap(([name, { derived }]) => {
    const isMissing = row === null ? (values[name] ?? null) === null : values[name] === null;
    return derived && isMissing ? [{ name, ...derived, key: `${model().tableName}_${name}_key` }] : [];
  });
}

/* `chai-2` of `chai`: a replacement under the same name keeps the URL. */
function isNumbered(slug: string, base: string): boolean {
  return slug === base || (slug.startsWith(`${base}-`) && /^[1-9]\d*$/.test(slug.slice(base.length + 1)));
}
