import type { TxContext } from '../../context/context';
import { type Permission as Grant, holds } from '../../context/permission';
import { queryAll } from '../../database/sql/statement';
import { beyondOwnPermissions } from '../problems';

/** Throws `beyond_own_permissions` (403) unless the actor holds all: whoever could give or take more could make themself anything. */
export function requireHeld(tx: TxContext, grants: readonly Grant[]): void {
  const beyond = [...new Set(grants)].filter((grant) => !holds(tx.actor, grant));
  if (beyond.length > 0) throw beyondOwnPermissions.because(`You do not hold: ${beyond.join(', ')}.`);
}

/** What a role grants, or would grant if it were restored. */
export function grantsOf(tx: TxContext, roleId: string): Promise<Grant[]> {
  return readGrants(tx, 'SELECT resource, action FROM permissions WHERE role_id = $1::uuid', roleId);
}

/** What a user's roles grant now, or would grant if the account were restored. */
export function grantsOfUser(tx: TxContext, userId: string): Promise<Grant[]> {
  const text = `
    SELECT p.resource, p.action FROM user_roles ur
    JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
    JOIN permissions p ON p.role_id = r.id
    WHERE ur.user_id = $1::uuid AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now())`;
  return readGrants(tx, text, userId);
}

async function readGrants(tx: TxContext, text: string, id: string): Promise<Grant[]> {
  const rows = await queryAll<{ resource: string; action: string }>(tx, { text, values: [id] });
  return rows.map(({ resource, action }): Grant => `${resource}:${action}`);
}
