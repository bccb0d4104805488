import type { RoleName } from '../../src/accounts/roles/built-in-roles';
import type { Permission } from '../../src/context/permission';
import { namedSeedId } from '../support/seed-id';

/** The date in the ids of the reference data; it never changes, so that they don't. */
const referenceDate = new Date('2025-01-01T00:00:00Z');

/** The id of a built-in role, the same in every shop. */
export function roleId(name: RoleName): string {
  return namedSeedId('reference', 'role', name, referenceDate);
}

/** The id of a permission that a built-in role begins with. */
export function permissionId(role: RoleName, permission: Permission): string {
  return namedSeedId('reference', 'permission', `${role} ${permission}`, referenceDate);
}
