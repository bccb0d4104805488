import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { invalidBody, valueTaken } from '../../../problems/common-problems';
import type { LockedWrite, PendingWrite } from '../../../resource/write/pending-write';
import type { TakenObject } from '../../../resource/write/write-hooks';
import { MAX_VARIANTS, type OptionValues } from '../option-axes';
import { namedValues } from './option-fit';

/** A product that a write makes a variant of a group. */
export interface VariantClaim {
  readonly write: PendingWrite;
  readonly groupId: string;
  readonly optionValues: OptionValues;
}

/* As in the index products_group_id_option_values_key; a sub-select with LIMIT is a probe of it. */
const TAKEN = `SELECT w.position::int - 1 AS position
  FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::jsonb[])) WITH ORDINALITY AS w (id, group_id, option_values, position)
  WHERE (SELECT 1 FROM products p
    WHERE p.group_id = w.group_id AND md5(p.option_values::text) = md5(w.option_values::text) AND p.deleted_at IS NULL AND p.id <> w.id LIMIT 1
  ) IS NOT NULL`;

/**
 * Refuses, with `value_taken` (409), variants whose option values another live product of the group has, in one statement however many; of
 * two of one request the later one.
 */
export async function refuseTakenOptions(tx: TxContext, claims: readonly VariantClaim[]): Promise<void> {
  const taken = await queryAll<{ position: number }>(tx, {
    text: TAKEN,
    values: [
      claims.map(({ write }) => write.id),
      claims.map(({ groupId }) => groupId),
      claims.map(({ optionValues }) => JSON.stringify(optionValues)),
    ],
  });
  for (const { position } of taken) refuseTwin(claims[position] as VariantClaim, 'Another product of the group');
  const seen = new Set<string>();
  for (const claim of claims) {
    const key = JSON.stringify([claim.groupId, Object.entries(claim.optionValues).sort()]);
    if (seen.has(key)) refuseTwin(claim, 'Another product of this request');
    seen.add(key);
  }
}

/* Under the locks of the groups; the database counts again. */
const SIZES = `SELECT w.id::text AS id, (SELECT count(*)::int FROM products p WHERE p.group_id = w.id AND p.deleted_at IS NULL) AS size
  FROM unnest((SELECT $1::uuid[])) AS w (id)`;

/** Refuses, with `invalid_body` (422), products that join a group which has the most that it may have. */
export async function refuseFullGroups(tx: TxContext, claims: readonly VariantClaim[]): Promise<void> {
  if (claims.length === 0) return;
  const ids = [...new Set(claims.map(({ groupId }) => groupId))];
  const rows = await queryAll<{ id: string; size: number }>(tx, { text: SIZES, values: [ids] });
  const sizes = new Map(rows.map(({ id, size }) => [id, size]));
  for (const { write, groupId } of claims) {
    if (write.problem) continue;
    const size = (sizes.get(groupId) ?? 0) + 1;
    if (size <= MAX_VARIANTS) sizes.set(groupId, size);
    else {
      const message = `The group has ${MAX_VARIANTS} products, the most that it may have`;
      write.refuse(invalidBody.because(`${message}.`, { errors: [{ pointer: '/groupId', code: 'too_many', message }] }));
    }
  }
}

const LIVE = `SELECT id::text AS id, group_id::text AS "ownerId" FROM products
  WHERE group_id = ANY ((SELECT $1::uuid[])::uuid[]) AND deleted_at IS NULL ORDER BY id`;

/** Returns the live products of groups. */
export function productsOf(tx: TxContext, groups: readonly LockedWrite[]): Promise<TakenObject[]> {
  return queryAll<TakenObject & Record<string, unknown>>(tx, { text: LIVE, values: [groups.map(({ id }) => id)] });
}

function refuseTwin({ write, optionValues }: VariantClaim, who: string): void {
  const values = namedValues(optionValues);
  const message = `${who} has these option values${values === '' ? '' : ` (${values})`}`;
  write.refuse(valueTaken.because(`${message}.`, { errors: [{ pointer: '/optionValues', code: 'taken', message }] }));
}
