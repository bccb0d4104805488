import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { invalidCredentials, invalidRefreshToken } from '../problems';
import { User } from '../users/user.model';
import { signAccessToken } from './access-token';
import { forgetActors } from './authenticate';
import { isPassword } from './password';
import { RefreshToken } from './refresh-token.model';

/** What signing in gives: a short access token, and a refresh token that is good once. `expiresIn` is in seconds. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
}

/** Signs in; throws `invalid_credentials` (401) alike for an unknown email, a wrong password and an inactive user. */
export async function logIn(ctx: Ctx, email: string, password: string): Promise<Tokens> {
  const user = await queryOne<{ id: string; password_hash: string | null }>(ctx, {
    text: 'SELECT id, password_hash FROM users WHERE lower(email) = lower($1) AND is_active AND deleted_at IS NULL',
    values: [email],
  });
  if (!(await isPassword(password, user?.password_hash ?? null)) || !user) throw refused();
  return unitOfWork(as(ctx, user.id), async (tx) => {
    // What was verified must still hold: the password may have changed, or the account ended, while it was hashed.
    const [updated] = await User.update(
      { lastLoginAt: new Date() },
      { where: { id: user.id, passwordHash: user.password_hash, isActive: true }, transaction: tx.transaction },
    );
    if (updated === 0) throw refused();
    return (await issue(tx, user.id, v7())).tokens;
  });
}

function refused(): Error {
  return invalidCredentials.because('Check the email and the password; the account may be inactive, too.');
}

/**
 * Changes a refresh token for a new pair; throws `invalid_refresh_token` (401). An old token used again is a stolen one: the whole
 * session ends, and that is committed though the answer is a 401 (RFC 9700, 4.14.2).
 */
export async function refresh(ctx: Ctx, refreshToken: string): Promise<Tokens> {
  const tokens = await unitOfWork(ctx, (tx) => rotate(tx, refreshToken));
  if (tokens) return tokens;
  throw invalidRefreshToken.because('The refresh token is unknown, expired, or used already: sign in again.');
}

/** Ends the session of a refresh token; an unknown one is as good as ended. */
export async function logOut(tx: TxContext, refreshToken: string): Promise<void> {
  if (!(await lockHolder(tx, refreshToken))) return;
  const known = await findToken(tx, refreshToken);
  if (known) await endFamily(tx, known.familyId);
}

/** Ends every session of a user. */
export async function endSessions(tx: TxContext, userId: string): Promise<void> {
  await queryOne(tx, { text: 'SELECT FROM users WHERE id = $1::uuid FOR NO KEY UPDATE', values: [userId] });
  await RefreshToken.update({ revokedAt: new Date() }, { where: { userId, revokedAt: null }, transaction: tx.transaction });
  forgetActors(tx);
}

async function rotate(tx: TxContext, refreshToken: string): Promise<Tokens | null> {
  const holder = await lockHolder(tx, refreshToken);
  const old = await findToken(tx, refreshToken);
  if (!holder?.may_sign_in || !old || old.revokedAt !== null || old.expiresAt.getTime() <= Date.now()) return null;
  if (old.replacedBy !== null) {
    await endFamily(tx, old.familyId);
    return null;
  }
  const { id, tokens } = await issue(tx, old.userId, old.familyId);
  await old.update({ replacedBy: id }, { transaction: tx.transaction });
  return tokens;
}

async function issue(tx: TxContext, userId: string, familyId: string): Promise<{ id: string; tokens: Tokens }> {
  const { JWT_SECRET, ACCESS_TOKEN_TTL_S, REFRESH_TOKEN_TTL_S } = tx.env;
  const refreshToken = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + REFRESH_TOKEN_TTL_S * 1000);
  const { id } = await RefreshToken.create(
    { userId, familyId, tokenHash: hashOf(refreshToken), expiresAt },
    { transaction: tx.transaction },
  );
  const accessToken = signAccessToken(JWT_SECRET, userId, familyId, ACCESS_TOKEN_TTL_S);
  return { id, tokens: { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_TTL_S } };
}

/*
 * Whatever begins, goes on with or ends a user's sessions holds the user's row first: an UPDATE that waited for a row of tokens
 * would not see the token that was inserted meanwhile, and that session would outlive its end.
 */
function lockHolder(tx: TxContext, refreshToken: string): Promise<{ may_sign_in: boolean } | null> {
  return queryOne(tx, {
    text:
      'SELECT is_active AND deleted_at IS NULL AS may_sign_in FROM users ' +
      'WHERE id = (SELECT user_id FROM refresh_tokens WHERE token_hash = $1) FOR NO KEY UPDATE',
    values: [hashOf(refreshToken)],
  });
}

/* Only once its holder is locked: a statement sees what was committed before it began. */
function findToken(tx: TxContext, refreshToken: string): Promise<RefreshToken | null> {
  return RefreshToken.findOne({ where: { tokenHash: hashOf(refreshToken) }, transaction: tx.transaction });
}

async function endFamily(tx: TxContext, familyId: string): Promise<void> {
  await RefreshToken.update({ revokedAt: new Date() }, { where: { familyId, revokedAt: null }, transaction: tx.transaction });
  forgetActors(tx);
}

/* 256 random bits need no slow hash. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/* Whoever signs in acts as themself, in the audit log, too. */
function as(ctx: Ctx, userId: string): Ctx {
  return { ...ctx, actor: { kind: 'user', id: userId, sessionId: '', permissions: new Set() } };
}
