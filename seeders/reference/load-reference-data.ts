import type { Sequelize } from 'sequelize';
import { builtInRoles } from '../../src/accounts/roles/built-in-roles';
import { insertRows } from '../support/insert-rows';
import { removeRows } from '../support/remove-rows';
import { inSeedSession } from '../support/seed-session';
import { permissionId, roleId } from './role-ids';

/**
 * Loads the missing built-in roles with their permissions, and returns the number of rows added. An existing role, even a deleted one,
 * stays as it is: a permission that an administrator removed must not come back.
 */
export async function loadReferenceData(sequelize: Sequelize): Promise<number> {
  return inSeedSession(sequelize, async (session) => {
    const added = new Set(await insertRows(session, { table: 'roles', rows: roleRows() }, 'skip'));
    const rows = permissionRows().filter((row) => added.has(row.role_id));
    return added.size + (await insertRows(session, { table: 'permissions', rows }, 'refuse')).length;
  });
}

/** Removes the built-in roles and returns the number of rows; throws, and removes nothing, while a user has one. */
export async function unloadReferenceData(sequelize: Sequelize): Promise<number> {
  const tables = [
    { table: 'roles', rows: roleRows() },
    { table: 'permissions', rows: permissionRows() },
  ];
  return inSeedSession(sequelize, (session) => removeRows(session, tables));
}

function roleRows() {
  return builtInRoles.map(({ name, description }) => ({ id: roleId(name), name, description }));
}

function permissionRows() {
  return builtInRoles.flatMap((role) =>
    role.permissions.map((permission) => {
      const [resource = '', action = ''] = permission.split(':');
      return { id: permissionId(role.name, permission), role_id: roleId(role.name), resource, action };
    }),
  );
}
