import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { faultOfSecret } from '../../../config/env';
import { makeDataDir } from '../../embedded-postgres';
import { savedOnce } from './saved-secret';

/**
 * Returns the token secret of a development shop, generated at the first call and kept in DATA_DIR, readable by its owner only. Throws
 * where the file has a text that JWT_SECRET could not have.
 */
export function savedTokenSecret(dataDir: string): string {
  const folder = makeDataDir(dataDir);
  const file = join(folder, 'jwt-secret');
  const secret = savedOnce(file, folder, () => randomBytes(48).toString('base64url'));
  const fault = faultOfSecret('JWT_SECRET', secret);
  if (fault === undefined) return secret;
  throw new Error(
    `The token secret in ${file} is damaged: it ${fault}. Restore the file from a backup, or delete it for a new secret, ` +
      'with which everybody has to sign in again; or set JWT_SECRET.',
  );
}
