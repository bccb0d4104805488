import { randomBytes } from 'node:crypto';

/* Crockford's base32 leaves out I, L, O and U, which people misread: https://www.crockford.com/base32.html */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/**
 * Returns the random half of an order number, 50 bits; the database puts its day before it, as in `SK-261121-7F3K9Q2MAB`. A counter would be
 * a row that every order waits for.
 */
export function orderNumberCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
