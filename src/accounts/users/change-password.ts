import type { Ctx } from '../../context/context';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { wrongPassword } from '../problems';
import { endSessions } from '../sessions/end-sessions';
import { hashPassword, isPassword } from '../sessions/password';
import { User } from './user.model';

/** Changes a password and ends every session of the user; throws `wrong_password` (409). */
export async function changePassword(ctx: Ctx, userId: string, current: string, next: string): Promise<void> {
  const user = await User.findByPk(userId, { attributes: ['passwordHash'] });
  const currentHash = user?.passwordHash ?? null;
  if (!(await isPassword(current, currentHash))) throw wrongPassword.because('currentPassword is not the password of this account.');
  const passwordHash = await hashPassword(next);
  await unitOfWork(
    ctx,
    async (tx) => {
      const [changed] = await User.update(
        { passwordHash },
        { where: { id: userId, passwordHash: currentHash }, transaction: tx.transaction },
      );
      if (changed === 0) throw wrongPassword.because('Another request has just changed the password.');
      await endSessions(tx, userId);
    },
    { rows: [userId] },
  );
}
