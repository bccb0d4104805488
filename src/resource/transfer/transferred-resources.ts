import type { ManagedResource } from '../write/write-hooks';

const byName = new Map<string, ManagedResource>();

/** Makes a resource known to the jobs of imports, which have its name only; called where its endpoints are declared. */
export function registerTransferred(managed: ManagedResource): void {
  byName.set(managed.resource.name, managed);
}

/** Returns the resource of this name that declares a transfer; throws where there is none. */
export function transferredResource(name: string): ManagedResource {
  const managed = byName.get(name);
  if (!managed) throw new Error(`No resource ${name} can be imported.`);
  return managed;
}
