import { randomBytes } from 'node:crypto';

/* Crockford's base32 leaves out I, L, O and U, which people misread: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** Returns an order number: the day and 50 random bits, as in `SK-261121-7F3K9Q2MAB`. A counter would be a row that every order waits for. */
export function orderNumber(placedAt: Date): string {
  const day = placedAt.toISOString().slice(2, 10).replaceAll('-', '');
  const random = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `SK-${day}-${random}`;
}
