import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireOtherAdministrator } from '../administrators/require-administrator';
import { grantsOfUser, requireGrants } from '../roles/require-grants';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/end-sessions';

/** Checks on the writes of a user: the actor holds the user's grants, sessions end with the account, an administrator remains. */
export const userHooks: WriteHooks = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
  beforeChange: async (tx, user, changes) => {
    await requireNoMorePowerful(tx, user);
    if (changes.isActive === false) await closeAccount(tx, user);
    return changes;
  },
  beforeDelete: async (tx, user) => {
    await requireNoMorePowerful(tx, user);
    await closeAccount(tx, user);
  },
  beforeRestore: requireNoMorePowerful,
  afterWrite: forgetActors,
};

/* To change the account of a more powerful user would be privilege escalation. */
async function requireNoMorePowerful(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  if (id !== actorId(tx.actor)) requireGrants(tx, await grantsOfUser(tx, id));
}

async function closeAccount(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  await requireOtherAdministrator(tx, id);
  await endSessions(tx, id);
}
