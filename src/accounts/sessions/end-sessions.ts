import type { TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { User } from '../users/user.model';
import { forgetActors } from './authenticate';
import { RefreshToken } from './refresh-token.model';

/** Ends every session of a user. */
export async function endSessions(tx: TxContext, userId: string): Promise<void> {
  const { transaction } = tx;
  // The user's row is locked first, as in rotate-tokens.ts: no session may begin meanwhile.
  await User.findByPk(userId, { attributes: ['id'], paranoid: false, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  await RefreshToken.update({ revokedAt: databaseTime() }, { where: { userId, revokedAt: null }, transaction });
  forgetActors(tx);
}
