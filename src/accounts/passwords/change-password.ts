import type { Ctx } from '../../context/context';
import { replyOnce } from '../../http/idempotency/reply-once';
import { noContent, type Reply } from '../../http/output/reply';
import { invalidBody } from '../../problems/common-problems';
import { countPasswordChange, hashForAttempt, recordFailure, settleAttempt } from '../attempts/password-attempt';
import { wrongPassword } from '../problems';
import { endSessions } from '../sessions/end-sessions';
import { User } from '../users/user.model';
import { isGuessable } from './guessable-password';
import { hashPassword, isPassword } from './password-hash';

/**
 * Changes a password and ends every session of the user, with an empty reply; throws `wrong_password` (409), `too_many_attempts` (429), and `invalid_body` (422)
 * where the new one is the email or the username.
 */
export async function changePassword(ctx: Ctx, userId: string, current: string, next: string): Promise<Reply> {
  const user = await User.findByPk(userId, { attributes: ['passwordHash', 'email', 'username'] });
  if (user) requireOtherThanNames(next, user);
  const attempt = await countPasswordChange(ctx, userId);
  const currentHash = user?.passwordHash ?? null;
  const passwordHash = await hashForAttempt(ctx, attempt, async () =>
    (await isPassword(ctx, current, currentHash)) ? hashPassword(ctx, next) : null,
  );
  if (passwordHash === null) {
    await recordFailure(ctx, 'password change', attempt, userId);
    throw wrongPassword.because('currentPassword is not the password of this account.');
  }
  return replyOnce(
    ctx,
    async (tx) => {
      const [changed] = await User.update(
        { passwordHash },
        { where: { id: userId, passwordHash: currentHash }, transaction: tx.transaction },
      );
      if (changed === 0) throw wrongPassword.because('Another request has just changed the password.');
      await endSessions(tx, userId);
      await settleAttempt(tx, attempt);
      return noContent();
    },
    { rows: [userId, attempt.account] },
  );
}

function requireOtherThanNames(password: string, { email, username }: User): void {
  if (!isGuessable(password, [email, username])) return;
  const message = 'newPassword is too easy to guess: it is the email or the username, or little more';
  throw invalidBody.because(message, { errors: [{ pointer: '/newPassword', code: 'too_guessable', message }] });
}
