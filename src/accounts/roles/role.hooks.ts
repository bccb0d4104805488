import type { WriteHooks } from '../../resource/write/write-hooks';
import { requireAdministrator } from '../administrators/require-administrator';
import { builtInRole } from '../problems';
import { forgetActors } from '../sessions/authenticate';
import { isBuiltIn } from './built-in-roles';
import { grantsOfRoles, requireGrants } from './permissions/require-grants';

/** Checks on the writes of roles: the actor holds their grants, built-in roles keep their names, an administrator remains. */
export const roleHooks: WriteHooks = {
  lockFirst: 'administrators',
  authorize: async (tx, writes) => {
    const grants = await grantsOfRoles(
      tx,
      writes.map(({ id }) => id),
    );
    for (const write of writes) write.check(() => requireGrants(tx, grants.get(write.id) ?? []));
  },
  beforeChange: (_tx, writes) => {
    for (const write of writes) {
      const name = write.row.get('name');
      if (write.values.name !== undefined && write.values.name !== name) write.check(() => requireCustomRole(name));
    }
  },
  beforeDelete: (_tx, writes) => {
    for (const write of writes) write.check(() => requireCustomRole(write.row.get('name')));
  },
  // Together they may leave the shop without an administrator, where none of them would alone: then all are refused.
  afterWrite: async (tx) => {
    forgetActors(tx);
    await requireAdministrator(tx);
  },
};

/* Registration and the first start look up built-in roles by name. */
function requireCustomRole(name: unknown): void {
  if (isBuiltIn(String(name))) throw builtInRole.because(`"${name}" is a built-in role. Change its permissions or description instead.`);
}
