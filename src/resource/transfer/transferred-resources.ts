import type { ManagedResource } from '../write/write-hooks';
import type { FileLayout } from './layouts/file-layout';

/** A resource with its imports, and the layouts of other systems' files that they read, too. */
export interface TransferredResource extends ManagedResource {
  readonly layouts?: readonly FileLayout[];
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
