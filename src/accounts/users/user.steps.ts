import type { Model } from 'sequelize';
import { takeAdvisoryLock } from '../../database/locks';
import type { TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import type { WriteSteps } from '../../resource/definition/resource';
import { demandAdministratorBesides } from '../administrators/require-administrator';
import { demandHeld, grantsOfUser } from '../roles/require-grants';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/session.service';

/** What a write on a user takes care of: who may do it, that sessions end with the account, and that an administrator stays. */
export const userSteps: WriteSteps = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
  beforeChange: async (tx, user, changes) => {
    await demandNoMorePowerful(tx, user);
    if (changes.isActive === false) await endAccount(tx, user);
    return changes;
  },
  beforeDelete: async (tx, user) => {
    await demandNoMorePowerful(tx, user);
    await endAccount(tx, user);
  },
  beforeRestore: demandNoMorePowerful,
  afterWrite: forgetActors,
};

/* Whoever changed the account of somebody who may do more than they could make it theirs. */
async function demandNoMorePowerful(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  if (id !== actorId(tx.actor)) demandHeld(tx, await grantsOfUser(tx, id));
}

async function endAccount(tx: TxContext, user: Model): Promise<void> {
  const id = String(user.get('id'));
  await demandAdministratorBesides(tx, id);
  await endSessions(tx, id);
}
