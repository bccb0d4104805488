import { hash, verify } from '@node-rs/argon2';
import type { Ctx } from '../../context/context';
import type { Wait } from '../../database/pool/waits/acquire-in-time';
import { turnWait } from '../../database/pool/waits/turns';
import { hashTurns } from './hash-turns';
import { preparedPassword } from './prepared-password';

/* OWASP's parameters for argon2id: 19 MiB, two passes, one lane. Algorithm 2 is argon2id. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * Hashes a prepared password with argon2id (RFC 9106); slow on purpose, so call it outside a unit of work. Throws `busy` (503) where too
 * many hashes are wanted, `unavailable` (503) when the client hangs up before its turn.
 */
export function hashPassword(ctx: Ctx, password: string): Promise<string> {
  return hashTurns.take(turnWait(ctx), () => hash(preparedPassword(password), PARAMETERS));
}

let decoy: Promise<string> | undefined;

/**
 * Returns whether the password matches the hash; without a hash it takes as long, so that the time does not reveal who has an account.
 * Hashes from before passwords were prepared match the text as it was typed. Throws as `hashPassword` does.
 */
export async function isPassword(ctx: Ctx, password: string, passwordHash: string | null): Promise<boolean> {
  const wait = turnWait(ctx);
  // Without a turn: a refusal would be kept for all unknown accounts.
  decoy ??= hash('a password for unknown accounts', PARAMETERS);
  const expected = passwordHash ?? (await decoy);
  return (await matches(wait, expected, password)) && passwordHash !== null;
}

async function matches(wait: Wait, expected: string, password: string): Promise<boolean> {
  for (const candidate of new Set([preparedPassword(password), password])) {
    if (await hashTurns.take(wait, () => verify(expected, candidate))) return true;
  }
  return false;
}
