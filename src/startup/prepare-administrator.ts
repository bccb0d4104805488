import { join } from 'node:path';
import { ensureAdministrator, type FirstAdministrator } from '../accounts';
import type { SystemResources } from '../context/system-context';
import { makeDataDir } from '../embedded-postgres';
import { saveSecret } from './settings/saved-secret';

/** The first administrator, and where production wrote the generated password. */
export interface PreparedAdministrator extends FirstAdministrator {
  readonly passwordFile?: string;
}

/**
 * Creates the first administrator; returns null where the shop has one. In production a generated password goes to a file that only its
 * owner can read, because the output of a service is kept in logs. Throws, and creates nobody, where the file cannot be written.
 */
export async function prepareAdministrator(resources: SystemResources): Promise<PreparedAdministrator | null> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, DATA_DIR, NODE_ENV } = resources.env;
  if (NODE_ENV !== 'production' || ADMIN_PASSWORD)
    return ensureAdministrator(resources, { email: ADMIN_EMAIL, password: ADMIN_PASSWORD || undefined });
  let passwordFile = '';
  const administrator = await ensureAdministrator(resources, {
    email: ADMIN_EMAIL,
    onGenerated: (password) => {
      passwordFile = savePassword(DATA_DIR, password);
    },
  });
  return administrator?.generatedPassword === undefined ? administrator : { ...administrator, passwordFile };
}

function savePassword(dataDir: string, password: string): string {
  try {
    const folder = makeDataDir(dataDir);
    const file = join(folder, 'admin-password');
    saveSecret(file, folder, password);
    return file;
  } catch (error) {
    throw new Error(
      `The shop has no administrator, and the generated password cannot be kept: ${error instanceof Error ? error.message : String(error)} ` +
        'Or set ADMIN_PASSWORD.',
      { cause: error },
    );
  }
}
