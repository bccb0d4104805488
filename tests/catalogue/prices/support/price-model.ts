/*
 * A brute-force model of prices: a list of what was set, searched from end to end for each question. It knows no intervals, and takes the
 * prior price from what was paid at every instant at which anything changes. Times are milliseconds.
 */

const THIRTY_DAYS_MS = 30 * 86_400_000;

/** A price that was set; a regular one has no end of its own. */
export interface ModelEntry {
  readonly kind: 'regular' | 'sale';
  readonly amount: number;
  readonly start: number;
  readonly end: number | null;
}

/** What a product shows at an instant. */
export interface ModelState {
  readonly price: number | null;
  readonly regularPrice: number | null;
  readonly priorPrice: number | null;
  readonly onSaleUntil: number | null;
  readonly changesAt: number | null;
}

/** Returns whether the prices hold together: no two of a kind at a time, and no sale above the regular price. */
export function isSound(entries: readonly ModelEntry[]): boolean {
  const sales = entries.filter(({ kind }) => kind === 'sale');
  const starts = entries.filter(({ kind }) => kind === 'regular').map(({ start }) => start);
  if (new Set(starts).size < starts.length) return false;
  return sales.every(
    (sale) =>
      (sale.end === null || sale.end > sale.start) &&
      sales.every((other) => other === sale || !covers(sale, other.start)) &&
      instantsOf(entries).every((at) => !covers(sale, at) || (regularAt(entries, at) ?? -1) >= sale.amount),
  );
}

/** Returns what the product shows at an instant. */
export function stateAt(entries: readonly ModelEntry[], at: number): ModelState {
  const sale = saleAt(entries, at);
  const regular = regularAt(entries, at);
  const ahead = [...entries.map(({ start }) => start), sale?.end ?? null].filter((time) => time !== null && time > at) as number[];
  return {
    price: sale?.amount ?? regular,
    regularPrice: regular,
    priorPrice: sale ? (lowestBefore(entries, beginningOf(entries, sale)) ?? regular) : null,
    onSaleUntil: sale?.end ?? null,
    changesAt: ahead.length === 0 ? null : Math.min(...ahead),
  };
}

/** Returns every instant at which a price begins or ends. */
export function instantsOf(entries: readonly ModelEntry[]): number[] {
  return entries.flatMap(({ start, end }) => (end === null ? [start] : [start, end]));
}

/* A reduction that grows step by step began with its first step. */
function beginningOf(entries: readonly ModelEntry[], sale: ModelEntry): number {
  const before = entries.find(({ kind, end, amount }) => kind === 'sale' && end === sale.start && amount >= sale.amount);
  return before ? beginningOf(entries, before) : sale.start;
}

function lowestBefore(entries: readonly ModelEntry[], beginning: number): number | null {
  const from = beginning - THIRTY_DAYS_MS;
  const paid = [from, ...instantsOf(entries)]
    .filter((at) => at >= from && at < beginning)
    .map((at) => saleAt(entries, at)?.amount ?? regularAt(entries, at))
    .filter((amount) => amount !== null);
  return paid.length === 0 ? null : Math.min(...paid);
}

function regularAt(entries: readonly ModelEntry[], at: number): number | null {
  let last: ModelEntry | null = null;
  for (const entry of entries)
    if (entry.kind === 'regular' && entry.start <= at && (last === null || entry.start > last.start)) last = entry;
  return last?.amount ?? null;
}

function saleAt(entries: readonly ModelEntry[], at: number): ModelEntry | null {
  return entries.find((entry) => entry.kind === 'sale' && covers(entry, at)) ?? null;
}

function covers({ start, end }: ModelEntry, at: number): boolean {
  return start <= at && (end === null || at < end);
}
