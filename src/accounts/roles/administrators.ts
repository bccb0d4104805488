import { runForOne } from '../../database/statement';
import type { Ctx, TxContext } from '../../http/context';
import { lastAdministrator } from '../problems';

const ANY = `
  SELECT u.id FROM users u
  JOIN user_roles ur ON ur.user_id = u.id AND ur.is_active AND (ur.expires_at IS NULL OR ur.expires_at > now())
  JOIN roles r ON r.id = ur.role_id AND r.deleted_at IS NULL
  JOIN permissions p ON p.role_id = r.id AND p.resource = '*' AND p.action = '*'
  WHERE u.is_active AND u.deleted_at IS NULL LIMIT 1`;

/** Whether an active user may do everything. */
export async function hasAdministrator(ctx: Ctx): Promise<boolean> {
  return (await runForOne(ctx, { text: ANY, values: [] })) !== null;
}

/**
 * Throws `last_administrator` (409) where the unit of work would leave none, whoever's: called after the change, under the
 * administrators' lock, so that two demotions at once cannot both pass.
 */
export async function demandAdministrator(tx: TxContext): Promise<void> {
  if (tx.actor.kind === 'system' || (await hasAdministrator(tx))) return;
  throw lastAdministrator.because('Make another administrator first: nobody could undo this.');
}
