import { randomBytes } from 'node:crypto';
import type { Sequelize } from 'sequelize';
import { takeAdvisoryLock } from '../database/locks';
import { unitOfWork } from '../database/unit-of-work';
import type { Ctx } from '../http/context';
import { hasAdministrator } from './roles/administrators';
import { hashPassword } from './sessions/password';
import { makeUser } from './users/register-user';

interface Wanted {
  readonly email: string;
  readonly password?: string | undefined;
}

/** The administrator that was made; the password only where it was generated. */
export interface Administrator {
  readonly email: string;
  readonly generatedPassword?: string;
}

/** Makes the first administrator, unless the shop has one (null then); two processes that start at once make one. */
export async function ensureAdministrator(sequelize: Sequelize, { email, password }: Wanted): Promise<Administrator | null> {
  const ctx = systemContext(sequelize);
  if (await hasAdministrator(ctx)) return null;
  const chosen = password ?? randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(chosen);
  const made = await unitOfWork(ctx, async (tx) => {
    await takeAdvisoryLock(tx, 'administrators');
    if (await hasAdministrator(tx)) return false;
    const username = `admin-${randomBytes(3).toString('hex')}`;
    await makeUser(tx, { email, username, password: chosen, firstName: 'First', lastName: 'Administrator' }, passwordHash, 'admin');
    return true;
  });
  if (!made) return null;
  return password === undefined ? { email, generatedPassword: chosen } : { email };
}

function systemContext(sequelize: Sequelize): Pick<Ctx, keyof Ctx> {
  return {
    actor: { kind: 'system', name: 'start' },
    requestId: '',
    ip: '',
    userAgent: '',
    reason: 'the first administrator',
    sequelize,
  } as Ctx;
}
