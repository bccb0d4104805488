import { escapeLiteral } from 'pg';
import type { RequestKey } from '../context/request-key';
import type { Statement } from '../database/sql/statement';
import { seal, unseal } from '../encryption/seal';
import { unavailable } from '../problems/common-problems';
import { idempotencyKeyReused, requestInProgress } from './problems';

/** A reply as it was first sent. */
export interface StoredReply {
  readonly status: number;
  /** The headers that belong to the reply, Content-Type among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is none. */
  readonly body: Buffer | null;
}

/** What the SQL function `claim_idempotency_key` returns; the reply only with `replay`. */
export interface ClaimRow {
  readonly state: 'claimed' | 'replay' | 'reused' | 'in_flight';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly is_encrypted: boolean;
}

/** Returns the SQL that claims a key, for the message of BEGIN. */
export function claimSql({ id, requestHash }: RequestKey): string {
  const [key, hash] = [escapeLiteral(id), escapeLiteral(`\\x${requestHash.toString('hex')}`)];
  return `SELECT * FROM claim_idempotency_key(${key}::uuid, ${hash}::bytea);`;
}

/** Returns the statement that looks for a reply, and holds nothing. */
export function findReply({ id, requestHash }: RequestKey): Statement {
  return { text: 'SELECT * FROM claim_idempotency_key($1::uuid, $2::bytea)', values: [id, requestHash] };
}

/**
 * Returns the reply that a claim found, null where the key is claimed and the work is to be done. Throws `idempotency_key_reused` (422),
 * `request_in_progress` (409) with Retry-After, `unavailable` (503) where the reply cannot be decrypted.
 */
export function replyFound(key: RequestKey, { state, status, headers, body, is_encrypted }: ClaimRow): StoredReply | null {
  switch (state) {
    case 'claimed':
      return null;
    case 'reused':
      throw idempotencyKeyReused.because('This Idempotency-Key belongs to another request. Send each new request with a new key.');
    case 'in_flight':
      throw inProgress();
    case 'replay':
      return { status, headers, body: is_encrypted && body ? decrypted(key, body) : body };
  }
}

/** Returns the 409 of a request whose twin has not been answered yet. */
export function inProgress() {
  return requestInProgress.because('The first request with this Idempotency-Key is still running. Send it again in a second.', {
    headers: { 'Retry-After': '1' },
  });
}

/* It cannot be decrypted once the secret of the shop is another one. */
function decrypted({ id, encryptionKey }: RequestKey, sealed: Buffer): Buffer {
  try {
    if (encryptionKey) return unseal(sealed, encryptionKey, id);
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable();
}

function unreadable(cause?: unknown) {
  const detail = 'The reply to this Idempotency-Key can no longer be read; nothing was done. Send the request with a new key.';
  return unavailable.because(detail, { cause });
}

const INSERT = `INSERT INTO idempotency_keys (id, user_id, request_hash, status, headers, body, is_encrypted)
  VALUES ($1::uuid, $2::uuid, $3::bytea, $4::smallint, $5::jsonb, $6::bytea, $7::boolean)`;

/** Returns the statement that records a reply; it fails where one is recorded already. */
export function recordReply(key: RequestKey, reply: StoredReply): Statement {
  return { text: INSERT, values: valuesOf(key, reply) };
}

/** Returns the statement that records a reply unless there is one, and returns a row if it did. */
export function recordReplyUnlessThere(key: RequestKey, reply: StoredReply): Statement {
  return { text: `${INSERT} ON CONFLICT (id) DO NOTHING RETURNING id`, values: valuesOf(key, reply) };
}

function valuesOf({ id, userId, requestHash, encryptionKey }: RequestKey, { status, headers, body }: StoredReply): unknown[] {
  const kept = body && encryptionKey ? seal(body, encryptionKey, id) : body;
  return [id, userId, requestHash, status, JSON.stringify(headers), kept, kept !== body];
}
