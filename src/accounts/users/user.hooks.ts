import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { takeAdvisoryLock } from '../../database/locks';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireAdministratorBesides } from '../administrators/require-administrator';
import { grantsOfUser, requireHeld } from '../roles/require-grants';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/session.service';

/** What a write on a user takes care of: who may do it, that sessions end with the account, and that an administrator stays. */
export const userHooks: WriteHooks = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
  beforeChange: async (tx, user, changes) => {
    await requireNoMorePowerful(tx, user);
    if (changes.isActive === false) await endAccount(tx, user);
    return changes;
  },
  beforeDelete: async (tx, user) => {
    await requireNoMorePowerful(tx, user);
    await endAccount(tx, user);
  },
  beforeRestore: requireNoMorePowerful,
  afterWrite: forgetActors,
};

/* Whoever changed the account of somebody who may do more than they could make it theirs. */
async function requireNoMorePowerful(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  if (id !== actorId(tx.actor)) requireHeld(tx, await grantsOfUser(tx, id));
}

async function endAccount(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  await requireAdministratorBesides(tx, id);
  await endSessions(tx, id);
}
