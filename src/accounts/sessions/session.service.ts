import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { replyOnce } from '../../http/idempotency/reply-once';
import { noContent, ok, type Reply } from '../../http/output/reply';
import { countSignIn, hashForAttempt, recordFailure, settleAttempt } from '../attempts/password-attempt';
import { isPassword } from '../passwords/password-hash';
import { invalidCredentials, invalidRefreshToken } from '../problems';
import { User, withEmail } from '../users/user.model';
import { issueTokens } from './tokens/issue-tokens';
import { revokeTokens, rotateTokens, userOfToken } from './tokens/rotate-tokens';

/**
 * Signs a user in and replies with the tokens; throws `invalid_credentials` (401), alike for an unknown email, a wrong password and an
 * inactive user, and `too_many_attempts` (429), alike for a right and a wrong password.
 */
export async function logIn(ctx: Ctx, email: string, password: string): Promise<Reply> {
  const attempt = await countSignIn(ctx, email);
  const user = await User.scope('active').findOne({ where: withEmail(email), attributes: ['id', 'passwordHash'] });
  const isRight = await hashForAttempt(ctx, attempt, () => isPassword(ctx, password, user?.passwordHash ?? null));
  if (!isRight || !user) {
    await recordFailure(ctx, 'sign-in', attempt, user?.id ?? null);
    throw badCredentials();
  }
  return replyOnce(
    asUser(ctx, user.id),
    async (tx) => {
      // While the password was being verified, it may have changed, or the account may have been closed.
      const [updated] = await User.scope('active').update(
        { lastLoginAt: databaseTime() },
        // Silent, because a log-in is no edit of the user (docs/adr/0006).
        { where: { id: user.id, passwordHash: user.passwordHash }, silent: true, transaction: tx.transaction },
      );
      if (updated === 0) throw badCredentials();
      const { tokens } = await issueTokens(tx, user.id, v7());
      // Last: others that try this account must not wait for what this unit waits for.
      await settleAttempt(tx, attempt);
      return ok(tokens);
    },
    { rows: [user.id, attempt.account], share: 'session' },
  );
}

/**
 * Exchanges a refresh token for a new pair and replies with it; throws `invalid_refresh_token` (401). Where a token is used again late, the end of its session
 * is committed although the response is a 401.
 */
export async function refresh(ctx: Ctx, refreshToken: string): Promise<Reply> {
  const userId = await userOfToken(refreshToken);
  const rotate = async (tx: TxContext, id: string) => {
    const tokens = await rotateTokens(tx, id, refreshToken);
    return tokens && ok(tokens);
  };
  const reply = userId === null ? null : await replyOnce(ctx, (tx) => rotate(tx, userId), { rows: [userId], share: 'session' });
  if (reply) return reply;
  throw invalidRefreshToken.because('The refresh token is unknown, expired or already used. Sign in again.');
}

/** Ends the session of a refresh token; does nothing for an unknown token. */
export async function logOut(ctx: Ctx, refreshToken: string): Promise<Reply> {
  const userId = await userOfToken(refreshToken);
  if (userId === null) return noContent();
  const revoke = async (tx: TxContext) => {
    await revokeTokens(tx, userId, refreshToken);
    return noContent();
  };
  return replyOnce(ctx, revoke, { rows: [userId], share: 'session' });
}

function badCredentials(): Error {
  return invalidCredentials.because('Invalid email or password, or the account is inactive.');
}

/* The audit log names the user who signs in as the actor. */
function asUser(ctx: Ctx, userId: string): Ctx {
  return { ...ctx, actor: { kind: 'user', id: userId, sessionId: '', permissions: new Set() } };
}
