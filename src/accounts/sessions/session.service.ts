import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../context/context';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { invalidCredentials, invalidRefreshToken } from '../problems';
import { User, withEmail } from '../users/user.model';
import { signAccessToken } from './access-token';
import { forgetActors } from './authenticate';
import { isPassword } from './password';
import { RefreshToken } from './refresh-token.model';

/** The tokens of a session: a short-lived access token and a refresh token that works once; `expiresIn` is in seconds. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
}

/**
 * Signs a user in and returns the tokens; throws `invalid_credentials` (401), alike for an unknown email, a wrong password and an
 * inactive user.
 */
export async function logIn(ctx: Ctx, email: string, password: string): Promise<Tokens> {
  const user = await User.scope('active').findOne({ where: withEmail(email), attributes: ['id', 'passwordHash'] });
  if (!(await isPassword(password, user?.passwordHash ?? null)) || !user) throw badCredentials();
  return unitOfWork(
    asUser(ctx, user.id),
    async (tx) => {
      // While the password was being verified, it may have changed, or the account may have been closed.
      const [updated] = await User.scope('active').update(
        { lastLoginAt: new Date() },
        { where: { id: user.id, passwordHash: user.passwordHash }, transaction: tx.transaction },
      );
      if (updated === 0) throw badCredentials();
      return (await issueTokens(tx, user.id, v7())).tokens;
    },
    { rows: [user.id] },
  );
}

/**
 * Exchanges a refresh token for a new pair; throws `invalid_refresh_token` (401). A token that is used twice may be stolen, so the whole
 * session ends; the end is committed although the response is a 401 (RFC 9700, 4.14.2).
 */
export async function refresh(ctx: Ctx, refreshToken: string): Promise<Tokens> {
  const tokens = await unitOfWork(ctx, (tx) => rotate(tx, refreshToken));
  if (tokens) return tokens;
  throw invalidRefreshToken.because('The refresh token is unknown, expired or already used. Sign in again.');
}

/** Ends the session of a refresh token; does nothing for an unknown token. */
export async function logOut(tx: TxContext, refreshToken: string): Promise<void> {
  if (!(await lockUserOf(tx, refreshToken))) return;
  const token = await findToken(tx, refreshToken);
  if (token) await endSession(tx, token.familyId);
}

function badCredentials(): Error {
  return invalidCredentials.because('Invalid email or password, or the account is inactive.');
}

async function rotate(tx: TxContext, refreshToken: string): Promise<Tokens | null> {
  const user = await lockUserOf(tx, refreshToken);
  const old = await findToken(tx, refreshToken);
  if (!user?.isActive || user.deletedAt !== null) return null;
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
 * Every change of a user's sessions locks the user's row first. Otherwise an UPDATE that waits for one token's row does not see a token
 * that is inserted meanwhile, and that session stays alive. The id of the token's user never changes, so it is read without a lock.
 */
async function lockUserOf({ transaction }: TxContext, refreshToken: string): Promise<User | null> {
  const token = await RefreshToken.findOne({ where: { tokenHash: hashOf(refreshToken) }, attributes: ['userId'], transaction });
  if (!token) return null;
  const attributes = ['id', 'isActive', 'deletedAt'];
  return User.findByPk(token.userId, { attributes, paranoid: false, lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

/* Call it with the user locked: only then does the statement see the newest tokens. */
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

/* The audit log names the user who signs in as the actor. */
function asUser(ctx: Ctx, userId: string): Ctx {
  return { ...ctx, actor: { kind: 'user', id: userId, sessionId: '', permissions: new Set() } };
}
