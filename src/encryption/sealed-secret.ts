import { createHash, hkdfSync } from 'node:crypto';
import type { Env } from '../../config/env';
import { seal, unseal } from './seal';

/** The settings that the keys are made of. */
export type KeySettings = Pick<Env, 'ENCRYPTION_KEYS' | 'JWT_SECRET'>;

/**
 * Returns a secret encrypted for storage (AES-256-GCM), as `<key id>.<base64url>`. It belongs to its owner, the id of the row: it cannot be
 * read as the secret of another one.
 */
export function sealSecret(settings: KeySettings, secret: string, owner: string): string {
  const [{ id, key }] = keysOf(settings);
  return `${id}.${seal(Buffer.from(secret), key, owner).toString('base64url')}`;
}

/** Returns the secret of a sealed one; throws where no key of the settings has sealed it, or not for this owner. */
export function openSecret(settings: KeySettings, sealed: string, owner: string): string {
  const [id, text = ''] = sealed.split('.');
  const key = keysOf(settings).find((known) => known.id === id)?.key;
  if (key === undefined) throw new Error('No key of ENCRYPTION_KEYS or JWT_SECRET has sealed this secret.');
  return unseal(Buffer.from(text, 'base64url'), key, owner).toString('utf8');
}

interface Key {
  readonly id: string;
  readonly key: Buffer;
}

/* The first one seals. The token secret comes last, so that what it has sealed can be read after ENCRYPTION_KEYS is set. */
function keysOf({ ENCRYPTION_KEYS, JWT_SECRET }: KeySettings): readonly [Key, ...Key[]] {
  const given = ENCRYPTION_KEYS.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return [...given, JWT_SECRET].map(keyOf) as [Key, ...Key[]];
}

/* RFC 5869: an own key for this purpose, so that the token secret itself encrypts nothing. */
function keyOf(text: string): Key {
  const key = Buffer.from(hkdfSync('sha256', text, '', 'storekeeper: stored secrets', 32));
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 12), key };
}
