import type { RoleName } from '../../src/accounts/roles/built-in-roles';
import type { Permission } from '../../src/context/permission';
import { namedSeedId } from '../support/seed-id';

/** The date in the ids of the reference data; it must not change, because the ids would. */
const referenceDate = new Date('2025-01-01T00:00:00Z');

/** Returns the id of a built-in role, which is the same in every shop. */
export function roleId(name: RoleName): string {
  return namedSeedId('reference', 'role', name, referenceDate);
}

/** Returns the id of an initial permission of a built-in role. */
export function permissionId(role: RoleName, permission: Permission): string {
  return namedSeedId('reference', 'permission', `${role} ${permission}`, referenceDate);
}
