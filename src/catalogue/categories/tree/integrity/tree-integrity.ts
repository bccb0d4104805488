import type { Ctx, TxContext } from '../../../../context/context';
import { takeAdvisoryLock } from '../../../../database/locks';
import { queryAll, queryOne } from '../../../../database/sql/statement';
import { FIND_BREAKS, MEND_BREAKS } from './breaks.statement';
import { BREAKS, type BreakKind } from './integrity-schema';

/** A category that breaks the tree. */
export interface Break {
  readonly kind: BreakKind;
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly detail: string;
}

/** What is broken in the tree: how many rows of each kind, and up to 100 of each. */
export interface IntegrityReport {
  readonly isClean: boolean;
  readonly counts: Readonly<Record<BreakKind, number>>;
  readonly breaks: readonly Break[];
}

/** What a repair found, and how many categories it changed. */
export interface Repair {
  readonly changed: number;
  readonly found: IntegrityReport;
}

const DETAILS: Readonly<Record<BreakKind, string>> = {
  cycle: 'It is its own ancestor.',
  orphan: 'Its parent does not exist.',
  deleted_parent: 'Its parent is deleted.',
  wrong_path: 'Its path is not that of its parent and its own id.',
  wrong_level: 'Its level is not one more than that of its parent.',
  same_position: 'A sibling has the same position.',
};

/** Returns what is broken in the category tree, deleted categories included. Only SQL past the triggers can break it. */
export async function readIntegrity(ctx: Ctx): Promise<IntegrityReport> {
  const rows = await queryAll<Omit<Break, 'detail'> & { found: number }>(ctx, { text: FIND_BREAKS, values: [] });
  const counts = new Map(rows.map(({ kind, found }) => [kind, found]));
  return {
    isClean: rows.length === 0,
    counts: Object.fromEntries(BREAKS.map((kind) => [kind, counts.get(kind) ?? 0])) as Record<BreakKind, number>,
    breaks: rows.map(({ kind, id, name, slug }) => ({ kind, id, name, slug, detail: DETAILS[kind] })),
  };
}

/**
 * Mends the category tree and returns what was broken. A category without a place (an orphan, a live one below a deleted one, the highest of
 * a cycle) comes last below the nearest category that its path names, or on the top level; paths, levels and positions follow.
 */
export async function repairTree(tx: TxContext): Promise<Repair> {
  await takeAdvisoryLock(tx, 'categoryTree');
  const found = await readIntegrity(tx);
  if (found.isClean) return { changed: 0, found };
  const mended = await queryOne<{ count: number }>(tx, { text: MEND_BREAKS, values: [] });
  const after = await readIntegrity(tx);
  if (!after.isClean) throw new Error(`The category tree is still broken after its repair: ${JSON.stringify(after.counts)}`);
  return { changed: mended?.count ?? 0, found };
}
