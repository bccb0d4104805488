import { readFileSync } from 'node:fs';

interface Line {
  readonly hook: number;
  readonly id: string;
  readonly isVerified: boolean;
  readonly event: { readonly id: string; readonly object: { readonly id: string; readonly version: number } };
}

/** What the receivers wrote down, and what of it is wrong. */
export interface Verdict {
  readonly messages: number;
  readonly events: number;
  readonly repeats: number;
  readonly unverified: number;
  /** Events that came after a later one of the same object. */
  readonly outOfOrder: number;
  /** Events under two message ids at one webhook. */
  readonly doubled: number;
  readonly missing: number;
}

/** Reads the journal and compares it with the events that every webhook had to get. */
export function judge(journal: string, hooks: number, expected: readonly string[]): Verdict {
  const lines = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const ids = new Map<string, Set<string>>();
  const versions = new Map<string, number>();
  let outOfOrder = 0;
  for (const { hook, id, event } of lines) {
    const key = `${hook} ${event.id}`;
    ids.set(key, (ids.get(key) ?? new Set()).add(id));
    const object = `${hook} ${event.object.id}`;
    if (event.object.version < (versions.get(object) ?? 0)) outOfOrder += 1;
    versions.set(object, Math.max(versions.get(object) ?? 0, event.object.version));
  }
  const wanted = Array.from({ length: hooks }, (_, hook) => expected.map((id) => `${hook} ${id}`)).flat();
  return {
    messages: lines.length,
    events: ids.size,
    repeats: lines.length - ids.size,
    unverified: lines.filter(({ isVerified }) => !isVerified).length,
    outOfOrder,
    doubled: [...ids.values()].filter(({ size }) => size > 1).length,
    missing: wanted.filter((key) => !ids.has(key)).length,
  };
}
