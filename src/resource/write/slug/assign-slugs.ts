import type { TxContext } from '../../../context/context';
import type { Resource } from '../../definition/resource';
import type { PendingWrite } from '../pending-write';
import { type FreeSlugs, freeSlugs, type SlugRequest } from './free-slugs.statement';

/** The writes that get a slug, with the base of each, and the slugs that other writes of the request were given. */
interface Assignment {
  readonly name: string;
  readonly max: number;
  readonly based: readonly { readonly write: PendingWrite; readonly base: string }[];
  readonly given: readonly string[];
}

const NUMBER = /^[1-9]\d*$/;
/* Room for a hyphen and the digits of a number. */
const NUMBER_LENGTH = 9;

/**
 * Gives each write its base or the first of `base-2`, `base-3` ... that no object and no other write has, all in one statement. Call it
 * under a lock on the bases, or another transaction finds the same ones.
 */
export async function assignSlugs(tx: TxContext, resource: Resource, { name, max, based, given }: Assignment): Promise<void> {
  if (based.length === 0) return;
  const counts = new Map<string, number>();
  for (const { base } of based) counts.set(base, (counts.get(base) ?? 0) + 1);
  // A numbered slug is never another write's base: "Chai 2" keeps chai-2.
  const reserved = new Set([...given, ...counts.keys()]);
  const requests = requestsOf(counts, reserved, max);
  const found = await freeSlugs(tx, resource, name, max, requests);
  const slugsOf = new Map(requests.map(({ base }, at) => [base, candidates(base, found[at] as FreeSlugs, new Set(given), reserved)]));
  for (const { write, base } of based) {
    const slug = slugsOf.get(base)?.shift();
    if (slug === undefined) throw new Error(`No free slug of ${base} was found.`);
    write.values = { ...write.values, [name]: slug };
  }
}

/** Returns whether a slug is a base or a numbered one of it: `chai-2` of `chai`. */
export function isNumbered(slug: string, base: string): boolean {
  return slug === base || (slug.startsWith(`${base}-`) && NUMBER.test(slug.slice(base.length + 1)));
}

/*
 * Numbers shorten a base near the longest slug, so that two long bases could become the same: those that begin alike take turns with the
 * numbers.
 */
function requestsOf(counts: ReadonlyMap<string, number>, reserved: ReadonlySet<string>, max: number): SlugRequest[] {
  const beginning = (base: string) => (base.length > max - NUMBER_LENGTH ? base.slice(0, max - NUMBER_LENGTH) : base);
  const alike = new Map<string, number>();
  const turns = new Map<string, number>();
  for (const base of counts.keys()) {
    const turn = alike.get(beginning(base)) ?? 0;
    turns.set(base, turn);
    alike.set(beginning(base), turn + 1);
  }
  const barred = new Map<string, number>();
  for (const slug of reserved) {
    const hyphen = slug.lastIndexOf('-');
    const stem = slug.slice(0, Math.max(hyphen, 0));
    if (NUMBER.test(slug.slice(hyphen + 1)) && stem !== '') barred.set(beginning(stem), (barred.get(beginning(stem)) ?? 0) + 1);
  }
  return [...counts].map(([base, count]) => ({
    base,
    wanted: count + (barred.get(beginning(base)) ?? 0),
    first: 2 + (turns.get(base) ?? 0),
    step: alike.get(beginning(base)) ?? 1,
  }));
}

function candidates(base: string, { isFree, numbered }: FreeSlugs, given: ReadonlySet<string>, reserved: ReadonlySet<string>): string[] {
  const whole = isFree && !given.has(base) ? [base] : [];
  return [...whole, ...numbered.filter((slug) => !reserved.has(slug))];
}
