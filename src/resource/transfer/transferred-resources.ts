import type { TxContext } from '../../context/context';
import type { Values } from '../definition/resource';
import type { ManagedResource } from '../write/write-hooks';
import type { FileLayout } from './layouts/file-layout';
import type { ImportRow } from './rows/import-row';

/** A resource with its imports, and the layouts of other systems' files that they read, too. */
export interface TransferredResource extends ManagedResource {
  readonly layouts?: readonly FileLayout[];
  /**
   * Of a resource whose rows are parts of objects, such as the lines of orders: writes the objects that valid rows make up, by their key, and
   * gives each row its outcome. Rows of one key that follow each other come in one batch, others in later ones. With `mayDefer` a row may wait
   * until the file is read.
   */
  writeParts?(tx: TxContext, parts: readonly RowPart[], mayDefer: boolean): Promise<void>;
}

/** A row that is a part of an object, with its validated values. */
export interface RowPart {
  readonly row: ImportRow;
  readonly values: Values;
}

const byName = new Map<string, TransferredResource>();

/** Makes a resource known to the jobs of imports, which have its name only; called where its endpoints are declared. */
export function registerTransferred(managed: TransferredResource): void {
  byName.set(managed.resource.name, managed);
}

/** Returns the resource of this name that declares a transfer; throws where there is none. */
export function transferredResource(name: string): TransferredResource {
  const managed = byName.get(name);
  if (!managed) throw new Error(`No resource ${name} can be imported.`);
  return managed;
}

/** Returns the layout of this name; throws where the resource has none. */
export function layoutOf({ resource, layouts = [] }: TransferredResource, name: string): FileLayout {
  const layout = layouts.find((each) => each.name === name);
  if (!layout) throw new Error(`${resource.name} has no layout ${name}.`);
  return layout;
}
