import { createHmac } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../../context/context';
import { databaseTime } from '../../../database/database-time';
import { tokenHash } from '../../../encryption/random-token';
import { signAccessToken } from './access-token';
import { RefreshToken } from './refresh-token.model';

/** The tokens of a session: a short-lived access token and a refresh token that works once; `expiresIn` is in seconds. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
}

/** Issues the next pair of tokens of a session and returns it, with the row of its refresh token. */
export async function issueTokens(tx: TxContext, userId: string, familyId: string): Promise<{ row: RefreshToken; tokens: Tokens }> {
  const id = v7();
  const expiresAt = databaseTime(tx.env.REFRESH_TOKEN_TTL_S);
  const values = { id, userId, familyId, tokenHash: tokenHash(refreshTokenOf(tx, id)), expiresAt };
  const row = await RefreshToken.create(values, { transaction: tx.transaction });
  return { row, tokens: await tokensOf(tx, row, 0) };
}

/** Returns the pair of tokens that was issued with a row some seconds ago, the same each time; null where the secret has changed since. */
export async function tokensAgain(ctx: Ctx, row: RefreshToken, ageS: number): Promise<Tokens | null> {
  return tokenHash(refreshTokenOf(ctx, row.id)) === row.tokenHash ? tokensOf(ctx, row, ageS) : null;
}

async function tokensOf(ctx: Ctx, { id, userId, familyId, createdAt }: RefreshToken, ageS: number): Promise<Tokens> {
  const { JWT_SECRET, ACCESS_TOKEN_TTL_S: ttl } = ctx.env;
  const accessToken = await signAccessToken(JWT_SECRET, userId, familyId, createdAt, ttl);
  return { accessToken, refreshToken: refreshTokenOf(ctx, id), tokenType: 'Bearer', expiresIn: Math.max(1, ttl - Math.ceil(ageS)) };
}

/* Derived, so that a lost response can be sent again though only a hash is stored; without the secret it is 256 random bits. */
function refreshTokenOf({ env }: Ctx, id: string): string {
  return createHmac('sha256', env.JWT_SECRET).update(`refresh token: ${id}`).digest('base64url');
}
