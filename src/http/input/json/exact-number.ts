import { Decimal } from 'decimal.js';

/* A decimal of up to 15 digits survives as a double (IEEE 754). */
const ALWAYS_EXACT = 15;

/** Returns whether a JSON number stays the same number as a double: neither 2^53 + 1, 1e400 nor 0.1234567890123456789 does. */
export function isExactNumber(token: string): boolean {
  if (token.length <= ALWAYS_EXACT && !/e/i.test(token)) return true;
  const value = Number(token);
  if (value === 0) return !/^-?[0.]*[1-9]/.test(token);
  return Number.isFinite(value) && new Decimal(token).equals(value);
}
