import type { Ctx } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { wrongPassword } from '../problems';
import { hashPassword, isPassword } from '../sessions/password';
import { endSessions } from '../sessions/session.service';
import { User } from './user.model';

/** Changes a password and ends every session of the user; throws `wrong_password` (409). */
export async function changePassword(ctx: Ctx, userId: string, current: string, next: string): Promise<void> {
  const row = await queryOne<{ password_hash: string | null }>(ctx, {
    text: 'SELECT password_hash FROM users WHERE id = $1::uuid',
    values: [userId],
  });
  const known = row?.password_hash ?? null;
  if (!(await isPassword(current, known))) throw wrongPassword.because('currentPassword is not the password of this account.');
  const passwordHash = await hashPassword(next);
  await unitOfWork(ctx, async (tx) => {
    const [changed] = await User.update({ passwordHash }, { where: { id: userId, passwordHash: known }, transaction: tx.transaction });
    if (changed === 0) throw wrongPassword.because('The password was changed by another request just now.');
    await endSessions(tx, userId);
  });
}
