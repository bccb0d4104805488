import type { TxContext } from '../../../context/context';
import { refuseTaken } from '../../../resource/write/checks/refuse-taken';
import { newWrite } from '../../../resource/write/create-object';
import { requireAccepted } from '../../../resource/write/pending-write';
import type { RoleName } from '../../roles/built-in-roles';
import { User } from '../user.model';
import { users } from '../user.resource';
import type { NewUser } from '../user.schemas';
import { completeUsers } from './complete-users';

/** Creates a user with a profile and one role; throws `value_taken` (409). */
export async function createUser(
  tx: TxContext,
  values: Omit<NewUser, 'password'>,
  passwordHash: string,
  roleName: RoleName,
): Promise<User> {
  const write = newWrite(values);
  await refuseTaken(tx, users, [write]);
  requireAccepted(write);
  const user = await User.create({ ...values, id: write.id, passwordHash }, { transaction: tx.transaction });
  await completeUsers(tx, [user.id], roleName);
  return user;
}
