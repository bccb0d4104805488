import type { Model } from 'sequelize';
import { requireMatch } from '../../http/output/conditional';
import { isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';

/** Throws `precondition_failed` (412) unless the row is at the version that `If-Match` names. */
export function requireVersion(resource: Resource, row: Model, ifMatch: string | undefined): void {
  if (isVersioned(resource)) requireMatch(ifMatch, Number(row.get('version')));
}
