import { randomBytes } from 'node:crypto';
import type { TxContext } from '../../context/context';
import { createUser } from '../users/creation/create-user';

/** Creates an administrator with placeholder names, which the administrator can change. */
export async function createAdministrator(tx: TxContext, email: string, passwordHash: string): Promise<void> {
  const username = `admin-${randomBytes(3).toString('hex')}`;
  await createUser(tx, { email, username, firstName: 'First', lastName: 'Administrator' }, passwordHash, 'admin');
}
