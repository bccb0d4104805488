import { randomBytes } from 'node:crypto';
import { type SystemResources, systemContext } from '../../context/system-context';
import { takeAdvisoryLock } from '../../database/locks';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { hashPassword } from '../passwords/password-hash';
import { lockUserByEmail } from '../users/user.service';
import { createAdministrator } from './create-administrator';
import { hasAdministrator } from './require-administrator';

interface Credentials {
  readonly email: string;
  readonly password?: string | undefined;
  /** Receives a generated password just before the commit; where it throws, nobody is created. */
  readonly onGenerated?: (password: string) => void;
}

/** The outcome of a start: an administrator was created (with a password only where it was generated), or the email is taken. */
export interface FirstAdministrator {
  readonly outcome: 'created' | 'email taken';
  readonly email: string;
  readonly generatedPassword?: string;
}

/**
 * Creates the first administrator; returns null where the shop has one. Processes that start at once create one between them. A user
 * who already has the email is left unchanged, because it may be any customer.
 */
export async function ensureAdministrator(
  resources: SystemResources,
  { email, password, onGenerated }: Credentials,
): Promise<FirstAdministrator | null> {
  const ctx = systemContext(resources, 'start', 'the first administrator');
  if (await hasAdministrator(ctx)) return null;
  const initialPassword = password ?? randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(ctx, initialPassword);
  const outcome = await unitOfWork(ctx, async (tx) => {
    await takeAdvisoryLock(tx, 'administrators');
    if (await hasAdministrator(tx)) return null;
    if (await lockUserByEmail(tx, email)) return 'email taken';
    await createAdministrator(tx, email, passwordHash);
    if (password === undefined) onGenerated?.(initialPassword);
    return 'created';
  });
  if (outcome !== 'created') return outcome && { outcome, email };
  return password === undefined ? { outcome, email, generatedPassword: initialPassword } : { outcome, email };
}
