import type { Resource } from '../../definition/resource';
import { transferOf } from '../columns';
import type { FileRow } from '../file/file-row';
import type { Format } from '../file/formats';
import type { ColumnFinder } from '../file/header';

/** Tells which rows of a file are of one object. */
export interface RowGroups {
  /** Returns whether a row goes on with the object of the row before it; both are imported in one batch. */
  continues(raw: FileRow['raw'], before: FileRow['raw']): boolean;
}

/** Returns the groups of rows that have the same key one after the other. */
export function sameKey(resource: Resource, format: Format, header: readonly string[], find: ColumnFinder): RowGroups {
  const { key } = transferOf(resource);
  const at = header.findIndex((name) => find(name)?.name === key);
  const keyOf = (raw: FileRow['raw']) => (format === 'csv' ? raw[at] : memberOf(raw as string, key, find));
  return {
    continues: (raw, before) => {
      const own = keyOf(raw);
      return own !== undefined && own === keyOf(before);
    },
  };
}

/* A line that is no object belongs to none; it is refused when it is parsed. */
function memberOf(line: string, key: string, find: ColumnFinder): unknown {
  try {
    return Object.entries(JSON.parse(line) as object).find(([name]) => find(name)?.name === key)?.[1];
  } catch {
    return undefined;
  }
}
