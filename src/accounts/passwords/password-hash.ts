import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore } from 'async-mutex';
import { preparedPassword } from './prepared-password';

/* OWASP's parameters for argon2id: 19 MiB, two passes, one lane. Algorithm 2 is argon2id. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/* A core works on one hash at a time; more at once would only keep the threads that compress responses and read files (package.json). */
const hashing = new Semaphore(Math.min(availableParallelism(), 8));

/** Hashes a prepared password with argon2id (RFC 9106); slow on purpose, so call it outside a unit of work. */
export function hashPassword(password: string): Promise<string> {
  return hashing.runExclusive(() => hash(preparedPassword(password), PARAMETERS));
}

let decoy: Promise<string> | undefined;

/**
 * Returns whether the password matches the hash; without a hash it takes as long, so that the time does not reveal who has an account.
 * Hashes from before passwords were prepared match the text as it was typed.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword('a password for unknown accounts');
  const expected = passwordHash ?? (await decoy);
  for (const candidate of new Set([preparedPassword(password), password])) {
    if (await hashing.runExclusive(() => verify(expected, candidate))) return passwordHash !== null;
  }
  return false;
}
