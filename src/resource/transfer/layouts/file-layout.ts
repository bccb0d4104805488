import type { TxContext } from '../../../context/context';
import type { ImportRow } from '../rows/import-row';
import type { RowGroups } from './same-key';

/** How another system lays out its files, which an import reads as rows of a resource. */
export interface FileLayout {
  /** The value of the parameter `layout`. */
  readonly name: string;
  /** What an error calls such a file: `a product CSV of Shopify`. */
  readonly title: string;
  readonly description: string;
  /** Returns whether a file with this header looks like one of this layout. */
  matches(header: readonly string[]): boolean;
  /** Returns what reads a file with this header; throws `invalid_file` (422) for one that is none of this layout. */
  reader(header: readonly string[]): LayoutReader;
}

/** Reads the rows of one file of another layout. */
export interface LayoutReader extends RowGroups {
  /** The columns of the file that are not kept. */
  readonly ignoredColumns: readonly string[];
  /**
   * Reads the rows of a batch: gives each the values that it has as one of the resource, or its outcome where it is none, and writes first
   * what they refer to. Returns what writes the things that belong to the objects of the rows, once these are written.
   */
  complete(tx: TxContext, rows: readonly ImportRow[]): Promise<() => Promise<void>>;
}
