import type { Ctx, TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { lastAdministrator } from '../problems';

/* Whoever can sign in and may do everything, without an end: one whose time runs out leaves none, and nobody is asked then. */
const ADMINISTRATORS = `
  SELECT DISTINCT u.id FROM users u
  JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND ur.expires_at IS NULL
  JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  JOIN permissions p ON p.role_id = r.id AND p.resource = '*' AND p.action = '*'
  WHERE u.is_active AND u.deleted_at IS NULL AND u.password_hash IS NOT NULL LIMIT 2`;

/** Whether an active user may do everything for good. */
export async function hasAdministrator(ctx: Ctx): Promise<boolean> {
  return (await twoAdministrators(ctx)).length > 0;
}

/**
 * Throws `last_administrator` (409) where the unit of work would leave none, whoever's: called after the change, under the
 * administrators' lock, so that two demotions at once cannot both pass.
 */
export async function requireAdministrator(tx: TxContext): Promise<void> {
  if (tx.actor.kind !== 'system' && !(await hasAdministrator(tx))) throw noneLeft();
}

/** Throws `last_administrator` (409) where this user is the only one; under the same lock, before the account ends. */
export async function requireAdministratorBesides(tx: TxContext, userId: string): Promise<void> {
  const [first, second] = await twoAdministrators(tx);
  if (tx.actor.kind !== 'system' && first?.id === userId && !second) throw noneLeft();
}

function twoAdministrators(ctx: Ctx): Promise<{ id: string }[]> {
  return queryAll(ctx, { text: ADMINISTRATORS, values: [] });
}

function noneLeft(): Error {
  return lastAdministrator.because('Make another administrator first, without an end: nobody could undo this.');
}
