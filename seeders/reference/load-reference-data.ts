import type { Sequelize } from 'sequelize';
import { builtInRoles } from '../../src/accounts/roles/built-in-roles';
import { insertRows } from '../support/insert-rows';
import { removeRows } from '../support/remove-rows';
import { inSeedSession } from '../support/seed-session';
import { permissionId, roleId } from './role-ids';

/**
 * Loads the built-in roles that are missing, each with its permissions; a role that is there, be it deleted, stays as it is: a
 * permission that an administrator took from it must not come back with the next start. Answers the number of rows added.
 */
export async function loadReferenceData(sequelize: Sequelize): Promise<number> {
  return inSeedSession(sequelize, async (session) => {
    const added = new Set(await insertRows(session, { table: 'roles', rows: roleRows() }, 'skip'));
    const rows = permissionRows().filter((row) => added.has(row.role_id));
    return added.size + (await insertRows(session, { table: 'permissions', rows }, 'refuse')).length;
  });
}

/** Removes the built-in roles; throws, and removes nothing, while anybody holds one. Answers the number of rows removed. */
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
