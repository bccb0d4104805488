import type { Violation } from '../../../problems/problem';
import type { Resource } from '../../definition/resource';
import { transferOf } from '../columns';
import type { FileRow } from '../file/file-row';

/** A row of an import: what the file says, read by columns, and what becomes of it. */
export class ImportRow {
  /** Fields with their values as the file has them, not yet validated. */
  readonly given = new Map<string, unknown>();
  /** Keys of related objects, by column; null for none. */
  readonly references = new Map<string, string | null>();
  /** Keys of several related objects, by column. */
  readonly links = new Map<string, readonly string[]>();
  readonly violations: Violation[] = [];
  outcome: Outcome | null = null;
  /** The key that a deferred row waits for. */
  waitsFor: string | null = null;

  constructor(readonly source: FileRow) {}

  /** Refuses the row for this reason, beside others. */
  refuse(...violations: readonly Violation[]): void {
    this.violations.push(...violations);
    this.outcome = 'failed';
  }

  /** Lets the row wait until there is an object of this key. */
  defer(key: string): void {
    this.waitsFor = key;
    this.outcome = 'deferred';
  }
}

/** What became of a row; `deferred` waits for a row behind it that it refers to. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'failed' | 'deferred';

/** Returns what tells a row of a file apart from the others. */
export function keyOf(resource: Resource, { given }: ImportRow): string {
  const { key } = transferOf(resource);
  const text = String(given.get(key) ?? '')
    .trim()
    .normalize('NFC');
  return resource.fields[key]?.caseless ? text.toLowerCase() : text;
}
