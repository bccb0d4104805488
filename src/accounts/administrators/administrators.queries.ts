import type { Ctx } from '../../context/context';
import { queryAll } from '../../database/sql/statement';

/* Administrators: users who can sign in and hold *:* by a permanent assignment. One that expires could leave the shop without any. */
const ADMINISTRATORS = `
  FROM users u
  JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND ur.expires_at IS NULL
  JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  JOIN permissions p ON p.role_id = r.id AND p.resource = '*' AND p.action = '*'
  WHERE u.is_active AND u.deleted_at IS NULL AND u.password_hash IS NOT NULL`;

/** Returns whether there is a permanent administrator. */
export async function existsAdministrator(ctx: Ctx): Promise<boolean> {
  const [row] = await queryAll<{ exists: boolean }>(ctx, { text: `SELECT EXISTS (SELECT ${ADMINISTRATORS}) AS exists`, values: [] });
  return row?.exists ?? false;
}

/** Returns which of these users are permanent administrators, if nobody else is; none otherwise. */
export async function onlyAdministrators(ctx: Ctx, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queryAll<{ id: string }>(ctx, {
    text: `SELECT DISTINCT u.id ${ADMINISTRATORS} AND u.id = ANY ($1::uuid[]) AND NOT EXISTS (
      SELECT ${ADMINISTRATORS} AND u.id <> ALL ($1::uuid[]))`,
    values: [userIds],
  });
  return new Set(rows.map(({ id }) => id));
}
