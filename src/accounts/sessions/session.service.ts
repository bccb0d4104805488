import { createHash, randomBytes } from 'node:crypto';
import { Op } from 'sequelize';
import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../context/context';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { invalidCredentials, invalidRefreshToken } from '../problems';
import { emailIs, User } from '../users/user.model';
import { signAccessToken } from './access-token';
import { forgetActors } from './authenticate';
import { isPassword } from './password';
import { RefreshToken } from './refresh-token.model';

/** What signing in returns: a short access token, and a refresh token that works once. `expiresIn` is in seconds. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
}

/** Signs in; throws `invalid_credentials` (401), the same for an unknown email, a wrong password and an inactive user. */
export async function logIn(ctx: Ctx, email: string, password: string): Promise<Tokens> {
  const user = await User.findOne({ where: { [Op.and]: [emailIs(email), { isActive: true }] }, attributes: ['id', 'passwordHash'] });
  if (!(await isPassword(password, user?.passwordHash ?? null)) || !user) throw refused();
  return unitOfWork(asUser(ctx, user.id), async (tx) => {
    // What was verified must still hold: the password may have changed, or the account been closed, while it was hashed.
    const [updated] = await User.update(
      { lastLoginAt: new Date() },
      { where: { id: user.id, passwordHash: user.passwordHash, isActive: true }, transaction: tx.transaction },
    );
    if (updated === 0) throw refused();
    return (await issueTokens(tx, user.id, v7())).tokens;
  });
}

/**
 * Exchanges a refresh token for a new pair; throws `invalid_refresh_token` (401). A token that is used twice was stolen: the whole
 * session ends, and that is committed although the response is a 401 (RFC 9700, 4.14.2).
 */
export async function refresh(ctx: Ctx, refreshToken: string): Promise<Tokens> {
  const tokens = await unitOfWork(ctx, (tx) => rotate(tx, refreshToken));
  if (tokens) return tokens;
  throw invalidRefreshToken.because('The refresh token is unknown, expired or already used. Sign in again.');
}

/** Ends the session of a refresh token; an unknown token has none. */
export async function logOut(tx: TxContext, refreshToken: string): Promise<void> {
  if (!(await lockHolder(tx, refreshToken))) return;
  const token = await findToken(tx, refreshToken);
  if (token) await endSession(tx, token.familyId);
}

function refused(): Error {
  return invalidCredentials.because('Invalid email or password, or the account is inactive.');
}

async function rotate(tx: TxContext, refreshToken: string): Promise<Tokens | null> {
  const holder = await lockHolder(tx, refreshToken);
  const old = await findToken(tx, refreshToken);
  if (!holder?.isActive || holder.deletedAt !== null) return null;
  if (!old || old.revokedAt !== null || old.expiresAt.getTime() <= Date.now()) return null;
  if (old.replacedBy !== null) {
    await endSession(tx, old.familyId);
    return null;
  }
  const { id, tokens } = await issueTokens(tx, old.userId, old.familyId);
  await old.update({ replacedBy: id }, { transaction: tx.transaction });
  return tokens;
}

async function issueTokens(tx: TxContext, userId: string, familyId: string): Promise<{ id: string; tokens: Tokens }> {
  const { JWT_SECRET, ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } = tx.env;
  const refreshToken = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + REFRESH_TOKEN_TTL_S * 1000);
  const values = { userId, familyId, tokenHash: hashOf(refreshToken), expiresAt };
  const { id } = await RefreshToken.create(values, { transaction: tx.transaction });
  const accessToken = await signAccessToken(JWT_SECRET, userId, familyId, ACCESS_TOKEN_TTL_S);
  return { id, tokens: { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_TTL_S } };
}

/*
 * Whatever begins, continues or ends a user's sessions locks the user's row first: an UPDATE that waited for a row of tokens would not
 * see a token that was inserted meanwhile, and that session would outlive its end. So the holder's id is read first, then locked.
 */
async function lockHolder({ transaction }: TxContext, refreshToken: string): Promise<User | null> {
  const token = await RefreshToken.findOne({ where: { tokenHash: hashOf(refreshToken) }, attributes: ['userId'], transaction });
  if (!token) return null;
  const attributes = ['id', 'isActive', 'deletedAt'];
  return User.findByPk(token.userId, { attributes, paranoid: false, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

/* Only after its holder is locked: a statement sees what was committed before it began. */
function findToken({ transaction }: TxContext, refreshToken: string): Promise<RefreshToken | null> {
  return RefreshToken.findOne({ where: { tokenHash: hashOf(refreshToken) }, transaction });
}

async function endSession(tx: TxContext, familyId: string): Promise<void> {
  await RefreshToken.update({ revokedAt: new Date() }, { where: { familyId, revokedAt: null }, transaction: tx.transaction });
  forgetActors(tx);
}

/* 256 random bits need no slow hash. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/* A user who signs in is the actor of it, in the audit log, too. */
function asUser(ctx: Ctx, userId: string): Ctx {
  return { ...ctx, actor: { kind: 'user', id: userId, sessionId: '', permissions: new Set() } };
}
