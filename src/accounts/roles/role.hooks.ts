import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { takeAdvisoryLock } from '../../database/locks';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireAdministrator } from '../administrators/require-administrator';
import { builtInRole } from '../problems';
import { forgetActors } from '../sessions/authenticate';
import { isBuiltIn } from './built-in-roles';
import { grantsOf, requireHeld } from './require-grants';

/** What a write on a role takes care of: who may do it, that built-in roles stay, and an administrator, too. */
export const roleHooks: WriteHooks = {
  lockFirst: (tx) => takeAdvisoryLock(tx, 'administrators'),
  beforeChange: async (tx, role, changes) => {
    if (changes.name !== undefined && changes.name !== role.get('name')) refuseBuiltIn(role);
    await requireGrantsHeld(tx, role);
    return changes;
  },
  beforeDelete: async (tx, role) => {
    refuseBuiltIn(role);
    await requireGrantsHeld(tx, role);
  },
  beforeRestore: requireGrantsHeld,
  afterWrite: async (tx) => {
    forgetActors(tx);
    await requireAdministrator(tx);
  },
};

async function requireGrantsHeld(tx: TxContext, role: Model): Promise<void> {
  requireHeld(tx, await grantsOf(tx, String(role.get('id'))));
}

/* The shop finds these roles by their names; as they are always there, nobody else takes those names. */
function refuseBuiltIn(role: Model): void {
  const name = String(role.get('name'));
  if (isBuiltIn(name)) throw builtInRole.because(`"${name}" is a built-in role; what it allows and its description can be changed.`);
}
