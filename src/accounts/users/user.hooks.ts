import type { TxContext } from '../../context/context';
import type { LockedWrite, PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { refuseLastAdministrators } from '../administrators/require-administrator';
import { refuseMorePowerful } from '../roles/permissions/require-grants';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/end-sessions';
import { completeUsers } from './creation/complete-users';
import { requireUnreserved } from './creation/reserved-usernames';

/**
 * Checks on the writes of users: the actor holds the users' grants, sessions end with the account, an administrator remains; a new user gets
 * a profile and the role customer.
 */
export const userHooks: WriteHooks = {
  lockFirst: 'administrators',
  authorize: refuseMorePowerful,
  beforeCreate: (_tx, writes) => refuseReserved(writes),
  beforeChange: async (tx, writes) => {
    refuseReserved(writes.filter(({ values, row }) => values.username !== row.get('username')));
    await refuseLastAdministrators(tx, writes.filter(closesAccount));
  },
  beforeDelete: refuseLastAdministrators,
  afterWrite: async (tx, writes) => {
    forgetActors(tx);
    await completeNew(tx, idsOf(writes.filter(({ operation }) => operation === 'create')));
    const closed = idsOf(writes.filter(closesAccount));
    if (closed.length > 0) await endSessions(tx, ...closed);
  },
};

function refuseReserved(writes: readonly PendingWrite[]): void {
  for (const write of writes) {
    const { username } = write.values;
    if (username !== undefined) write.check(() => requireUnreserved(String(username)));
  }
}

function closesAccount({ operation, values }: PendingWrite | LockedWrite): boolean {
  return operation === 'delete' || (operation === 'update' && values.isActive === false);
}

function idsOf(writes: readonly PendingWrite[]): string[] {
  return writes.map(({ id }) => id);
}

async function completeNew(tx: TxContext, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await completeUsers(tx, ids, 'customer');
}
