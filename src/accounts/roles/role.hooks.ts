import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireAdministrator } from '../administrators/require-administrator';
import { builtInRole } from '../problems';
import { forgetActors } from '../sessions/authenticate';
import { isBuiltIn } from './built-in-roles';
import { grantsOf, requireGrants } from './require-grants';

/** Checks on the writes of a role: the actor holds its grants, built-in roles keep their names, an administrator remains. */
export const roleHooks: WriteHooks = {
  lockFirst: 'administrators',
  authorize: requireOwnGrants,
  beforeChange: (_tx, role, changes) => {
    if (changes.name !== undefined && changes.name !== role.get('name')) requireCustomRole(role);
    return changes;
  },
  beforeDelete: async (_tx, role) => requireCustomRole(role),
  afterWrite: async (tx) => {
    forgetActors(tx);
    await requireAdministrator(tx);
  },
};

async function requireOwnGrants(tx: TxContext, role: Model): Promise<void> {
  requireGrants(tx, await grantsOf(tx, String(role.get('id'))));
}

/* Registration and the first start look up built-in roles by name. */
function requireCustomRole(role: Model): void {
  const name = String(role.get('name'));
  if (isBuiltIn(name)) throw builtInRole.because(`"${name}" is a built-in role. Change its permissions or description instead.`);
}
