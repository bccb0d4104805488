import type { Violation } from '../../../problems/problem';
import type { Resource, Values } from '../../definition/resource';
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
  /** The keys from the top down to the parent, with slashes between, as a path says; null for the top level, undefined without a path. */
  parentPath?: string | null;
  /** Fields that it gives to a new object alone: what an object has stays as it is. */
  readonly forNewOnly = new Set<string>();
  readonly violations: Violation[] = [];
  /** What came of its validation, once that has been. */
  validated: ValidatedRow | null = null;
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

/** A row writes a new object, or what it says of one that exists: each has a schema. */
export type RowKind = 'creation' | 'change';

/** The values of a row as it was validated. */
export interface ValidatedRow {
  readonly as: RowKind;
  readonly values: Values;
  readonly violations: readonly Violation[];
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
