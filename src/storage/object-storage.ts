/** A stored object: the SHA-256 of the content that it belongs to, in hexadecimal, and its name there, such as `original` or `640.webp`. */
export interface ObjectKey {
  readonly sha256: string;
  readonly name: string;
}

/** What is stored: bytes in the memory, or a file. */
export type Content = Buffer | { readonly path: string; readonly bytes: number };

/** All objects of one content, and when the latest of them was stored. */
export interface StoredContent {
  readonly sha256: string;
  readonly storedAt: Date;
}

/**
 * Keeps objects under the SHA-256 of the content that they come from, so that an object never changes and storing it again is harmless.
 * Every method throws `storage_unavailable` (503), or `storage_full` (507), in a bounded time.
 */
export interface ObjectStorage {
  /** The folder for files that arrive: `put` can move them from there. */
  readonly incoming: string;
  /** Stores an object as a whole: nobody reads a part of it, and a killed process leaves none. A file may be moved away. */
  put(key: ObjectKey, content: Content, mediaType: string): Promise<void>;
  /** Returns the bytes of an object; null where there is none. */
  read(key: ObjectKey): Promise<Buffer | null>;
  /** Returns whether there is an object. */
  has(key: ObjectKey): Promise<boolean>;
  /** Deletes the objects of a content; none is no error. */
  deleteAll(sha256: string): Promise<void>;
  /** Returns the contents that follow one in the order of their digests, at least one where there are more; null after the last. */
  listAfter(sha256: string, limit: number): Promise<readonly StoredContent[] | null>;
  /** Throws unless the storage can be reached. */
  check(): Promise<void>;
}
