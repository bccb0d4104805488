import { literal, type ProjectionAlias } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import { tokenHash } from '../../../encryption/random-token';
import { User } from '../../users/user.model';
import { forgetActors } from '../authenticate';
import { issueTokens, type Tokens, tokensAgain } from './issue-tokens';
import { RefreshToken } from './refresh-token.model';

/** Returns the id of the user that a refresh token was issued to, which never changes; null for an unknown token. */
export async function userOfToken(refreshToken: string): Promise<string | null> {
  const token = await RefreshToken.findOne({ where: { tokenHash: tokenHash(refreshToken) }, attributes: ['userId'] });
  return token?.userId ?? null;
}

/**
 * Replaces a user's refresh token by the next pair and returns that; null where the token is unknown, expired or revoked. Within ten seconds of
 * its replacement it returns the same pair again, for a second tab or a client that lost the response. Later it may be stolen, so the whole
 * session ends (RFC 9700, 4.14.2): commit that.
 */
export async function rotateTokens(tx: TxContext, userId: string, refreshToken: string): Promise<Tokens | null> {
  const user = await lockUser(tx, userId);
  const old = await findToken(tx, refreshToken);
  if (!user?.isActive || user.deletedAt !== null) return null;
  if (!old || old.revokedAt !== null) return null;
  if (old.replacedBy !== null) return repeated(tx, old, old.replacedBy);
  const { row, tokens } = await issueTokens(tx, old.userId, old.familyId);
  await old.update({ replacedBy: row.id, rotatedAt: databaseTime() }, { transaction: tx.transaction });
  return tokens;
}

/** Ends the session of a user's refresh token; does nothing for an unknown token. */
export async function revokeTokens(tx: TxContext, userId: string, refreshToken: string): Promise<void> {
  await lockUser(tx, userId);
  const token = await findToken(tx, refreshToken);
  if (token) await endSession(tx, token.familyId);
}

async function repeated(tx: TxContext, { id, familyId }: RefreshToken, successorId: string): Promise<Tokens | null> {
  const { transaction } = tx;
  if ((await RefreshToken.scope('justRotated').count({ where: { id }, transaction })) === 0) {
    await endSession(tx, familyId);
    return null;
  }
  const age: ProjectionAlias = [literal('extract(epoch FROM clock_timestamp() - "RefreshToken".created_at)::float8'), 'ageS'];
  const successor = await RefreshToken.findByPk(successorId, { attributes: { include: [age] }, transaction });
  return successor && tokensAgain(tx, successor, Number(successor.get('ageS')));
}

/*
 * Every change of a user's sessions locks the user's row first. Otherwise an UPDATE that waits for one token's row does not see a token
 * that is inserted meanwhile, and that session stays alive.
 */
function lockUser({ transaction }: TxContext, userId: string): Promise<User | null> {
  const attributes = ['id', 'isActive', 'deletedAt'];
  return User.findByPk(userId, { attributes, paranoid: false, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

/* Call it with the user locked: only then does the statement see the newest tokens. */
function findToken({ transaction }: TxContext, refreshToken: string): Promise<RefreshToken | null> {
  return RefreshToken.scope('unexpired').findOne({ where: { tokenHash: tokenHash(refreshToken) }, transaction });
}

async function endSession(tx: TxContext, familyId: string): Promise<void> {
  await RefreshToken.update({ revokedAt: databaseTime() }, { where: { familyId, revokedAt: null }, transaction: tx.transaction });
  forgetActors(tx);
}
