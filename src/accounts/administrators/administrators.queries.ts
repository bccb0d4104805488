import type { Ctx } from '../../context/context';
import { queryAll } from '../../database/sql/statement';

/* Administrators: users who can sign in and hold *:* by a permanent assignment. One that expires could leave the shop without any. */
const ADMINISTRATORS = `
  SELECT DISTINCT u.id FROM users u
  JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND ur.expires_at IS NULL
  JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  JOIN permissions p ON p.role_id = r.id AND p.resource = '*' AND p.action = '*'
  WHERE u.is_active AND u.deleted_at IS NULL AND u.password_hash IS NOT NULL LIMIT 2`;

/** Returns at most two permanent administrators: enough to tell whether there is one, and whether there is another. */
export function twoAdministrators(ctx: Ctx): Promise<{ id: string }[]> {
  return queryAll(ctx, { text: ADMINISTRATORS, values: [] });
}
