/** The Idempotency-Key of a request, as digests: the key itself goes no further. */
export interface RequestKey {
  /** The id of its record: the key and its owner. */
  readonly id: string;
  /** The SHA-256 of method, URL and body, 32 bytes: what another request under the key differs in. */
  readonly requestHash: Buffer;
  /** The owner; null for a request that nobody is signed in for. */
  readonly userId: string | null;
  /** Encrypts a reply that holds secrets (AES-256); null where the reply holds none. */
  readonly encryptionKey: Buffer | null;
}
