import { createHash, hkdfSync } from 'node:crypto';
import { stringify } from 'uuid';
import type { RequestKey } from '../context/request-key';

/** What makes a request the same request, and whose it is. */
export interface KeyedRequest {
  /** The Idempotency-Key as the client sent it. */
  readonly key: string;
  readonly userId: string | null;
  /** What identifies a client that is not signed in, such as the email of a log-in. */
  readonly anonymousOwner: string;
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
  /** The SHA-256 of the decompressed body, in hexadecimal. */
  readonly bodySha256: string;
  /** The secret of the shop, where the reply holds secrets and is to be encrypted. */
  readonly secret: string | null;
}

/** Returns the digests of a request and its Idempotency-Key. */
export function requestKey({ key, userId, anonymousOwner, method, url, bodySha256, secret }: KeyedRequest): RequestKey {
  const owner = userId === null ? `anonymous ${anonymousOwner}` : `user ${userId}`;
  const id = digest(JSON.stringify([owner, key]));
  return {
    id: uuidOf(id),
    requestHash: digest(JSON.stringify([method, url, bodySha256])),
    userId,
    encryptionKey: secret === null ? null : Buffer.from(hkdfSync('sha256', `${secret} ${key}`, id, 'reply to an idempotent request', 32)),
  };
}

function digest(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}

/* A UUIDv8 (RFC 9562, 5.8): 122 bits of the digest. */
function uuidOf(bytes: Buffer): string {
  const id = bytes.subarray(0, 16).map((byte) => byte);
  id[6] = ((id[6] as number) & 0x0f) | 0x80;
  id[8] = ((id[8] as number) & 0x3f) | 0x80;
  return stringify(id);
}
