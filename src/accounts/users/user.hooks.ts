import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireOtherAdministrator } from '../administrators/require-administrator';
import { requireNoMorePowerful } from '../roles/require-grants';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/end-sessions';
import { requireUnreserved } from './creation/reserved-usernames';

/** Checks on the writes of a user: the actor holds the user's grants, sessions end with the account, an administrator remains. */
export const userHooks: WriteHooks = {
  lockFirst: 'administrators',
  authorize: (tx, user) => requireNoMorePowerful(tx, String(user.get('id'))),
  beforeChange: async (tx, user, changes) => {
    if (changes.username !== undefined && changes.username !== user.get('username')) requireUnreserved(String(changes.username));
    if (changes.isActive === false) await closeAccount(tx, user);
    return changes;
  },
  beforeDelete: closeAccount,
  afterWrite: forgetActors,
};

async function closeAccount(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  await requireOtherAdministrator(tx, id);
  await endSessions(tx, id);
}
