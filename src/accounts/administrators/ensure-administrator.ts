import { randomBytes } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { systemContext } from '../../context/system-context';
import { takeAdvisoryLock } from '../../database/locks';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { hashPassword } from '../sessions/password';
import { findByEmail } from '../users/register-user';
import { createAdministrator } from './create-administrator';
import { hasAdministrator } from './require-administrator';

interface Wanted {
  readonly email: string;
  readonly password?: string | undefined;
}

/** The outcome of a start: an administrator was made (with a password only where it was generated), or the email is taken. */
export interface FirstAdministrator {
  readonly outcome: 'made' | 'email taken';
  readonly email: string;
  readonly generatedPassword?: string;
}

/**
 * Makes the first administrator, unless the shop has one (null then); two processes that start at once make one. A user who has the
 * email already stays as they are: they may be any customer.
 */
export async function ensureAdministrator(sequelize: Sequelize, { email, password }: Wanted): Promise<FirstAdministrator | null> {
  const ctx = systemContext(sequelize, 'start', 'the first administrator');
  if (await hasAdministrator(ctx)) return null;
  const chosen = password ?? randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(chosen);
  const outcome = await unitOfWork(ctx, async (tx) => {
    await takeAdvisoryLock(tx, 'administrators');
    if (await hasAdministrator(tx)) return null;
    if (await findByEmail(tx, email)) return 'email taken';
    await createAdministrator(tx, email, passwordHash);
    return 'made';
  });
  if (outcome !== 'made') return outcome && { outcome, email };
  return password === undefined ? { outcome, email, generatedPassword: chosen } : { outcome, email };
}
