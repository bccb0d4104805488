import { hash } from 'node:crypto';

/** The characters of a checksum. */
export const CHECKSUM_LENGTH = 16;

/**
 * Returns a checksum of a text that clients hand back, under the name of what it belongs to. It is no signature: it tells that a text is
 * garbled or of something else (docs/adr/0010).
 */
export function checksumOf(name: string, text: string): string {
  return hash('sha256', `${name}\n${text}`, 'base64url').slice(0, CHECKSUM_LENGTH);
}
