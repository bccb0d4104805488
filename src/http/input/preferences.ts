import type { IncomingMessage } from 'node:http';

/** Returns whether a request prefers something: RFC 7240, 2, where preferences are separated by commas, a value follows "=", a parameter ";". */
export function prefers({ headers: { prefer } }: IncomingMessage, name: string): boolean {
  if (prefer === undefined) return false;
  return String(prefer)
    .split(',')
    .some((preference) => preference.split(/[;=]/)[0]?.trim().toLowerCase() === name);
}
