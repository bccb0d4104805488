import type { TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { User } from '../users/user.model';
import { forgetActors } from './authenticate';
import { RefreshToken } from './tokens/refresh-token.model';

/** Ends every session of these users. */
export async function endSessions(tx: TxContext, ...userIds: readonly string[]): Promise<void> {
  const { transaction } = tx;
  const id = [...userIds];
  // The users' rows are locked first, as in rotate-tokens.ts: no session may begin meanwhile.
  await User.findAll({
    where: { id },
    attributes: ['id'],
    order: ['id'],
    paranoid: false,
    lock: transaction.LOCK.NO_KEY_UPDATE,
    transaction,
  });
  await RefreshToken.update({ revokedAt: databaseTime() }, { where: { userId: id, revokedAt: null }, transaction });
  forgetActors(tx);
}
