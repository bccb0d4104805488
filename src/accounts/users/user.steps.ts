import { takeAdvisoryLock } from '../../database/locks';
import type { WriteSteps } from '../../resource/resource';
import { demandAdministrator } from '../roles/administrators';
import { forgetActors } from '../sessions/authenticate';
import { endSessions } from '../sessions/session';

/** What a write on a user takes care of: sessions end with the account, and an administrator stays. */
export const userSteps: WriteSteps = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
  beforeChange: async (tx, row, changes) => {
    if (changes.isActive === false) await endSessions(tx, String(row.get('id')));
    return changes;
  },
  beforeDelete: (tx, row) => endSessions(tx, String(row.get('id'))),
  afterWrite: async (tx) => {
    forgetActors(tx);
    await demandAdministrator(tx);
  },
};
