/**
 * Returns a password as it is hashed and compared (RFC 8265, OpaqueString): spaces of other scripts are spaces, and letters with accents
 * are one character (NFC), however the keyboard composes them. Case and width count.
 */
export function preparedPassword(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** Returns whether a password has only characters that every keyboard and every version of Unicode reads alike. */
export function isPreparable(password: string): boolean {
  return !/[\p{Cc}\p{Cn}]/u.test(password);
}
