import type { Resource } from '../definition/resource';
import type { WriteHooks } from './write-hooks';

/** A resource with what its writes take care of. */
export interface ManagedResource {
  readonly resource: Resource;
  readonly hooks: WriteHooks;
}
