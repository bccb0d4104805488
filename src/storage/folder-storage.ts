import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Content, ObjectKey, ObjectStorage, StoredContent } from './object-storage';
import { isMissing, storageError } from './storage-error';

const DIGEST = /^[0-9a-f]{64}$/;
const NAME = /^\w[\w.-]{0,99}$/;
/* A folder with a million entries would be slow to list. */
const SHARD_CHARACTERS = 2;
/* Of storing a content while it is deleted, and of deleting one while it is stored. */
const MAX_ATTEMPTS = 10;
const DELETE_DELAY_MS = 20;

/** Keeps objects as files: `<folder>/<first two digits>/<sha256>/<name>`. A file appears under its name when it is whole and on the disk. */
export class FolderStorage implements ObjectStorage {
  readonly incoming: string;

  constructor(private readonly folder: string) {
    this.incoming = join(folder, 'incoming');
  }

  async put(key: ObjectKey, content: Content): Promise<void> {
    const path = this.#pathOf(key);
    await guarded(async () => {
      const draft = Buffer.isBuffer(content) ? await this.#write(content) : content.path;
      try {
        await flush(draft);
        await this.#move(draft, path);
      } finally {
        if (Buffer.isBuffer(content)) await rm(draft, { force: true });
      }
    });
  }

  async read(key: ObjectKey): Promise<Buffer | null> {
    const path = this.#pathOf(key);
    return guarded(() => orNull(readFile(path)));
  }

  async has(key: ObjectKey): Promise<boolean> {
    const path = this.#pathOf(key);
    return guarded(async () => (await orNull(stat(path))) !== null);
  }

  async deleteAll(sha256: string): Promise<void> {
    const path = this.#folderOf(sha256);
    await guarded(() => rm(path, { recursive: true, force: true, maxRetries: MAX_ATTEMPTS, retryDelay: DELETE_DELAY_MS }));
  }

  listAfter(sha256: string, limit: number): Promise<readonly StoredContent[] | null> {
    return guarded(async () => {
      const found: StoredContent[] = [];
      for (const shard of await this.#shardsFrom(sha256.slice(0, SHARD_CHARACTERS))) {
        const digests = (await orNull(readdir(join(this.folder, shard)))) ?? [];
        for (const digest of digests.filter((name) => DIGEST.test(name) && name > sha256).sort()) {
          // The time of a folder is that of the latest file that was moved into it.
          const known = await orNull(stat(this.#folderOf(digest)));
          if (known) found.push({ sha256: digest, storedAt: known.mtime });
          if (found.length === limit) return found;
        }
      }
      return found.length > 0 ? found : null;
    });
  }

  check(): Promise<void> {
    return guarded(async () => {
      await mkdir(this.incoming, { recursive: true });
      await access(this.incoming, constants.W_OK);
    });
  }

  async #write(bytes: Buffer): Promise<string> {
    await mkdir(this.incoming, { recursive: true });
    const draft = join(this.incoming, randomUUID());
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(bytes);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return draft;
  }

  /* The folder may be deleted at each step, as a content that nothing refers to: then it is made once more, or needs no flush. */
  async #move(draft: string, path: string): Promise<void> {
    const [content, shard] = [dirname(path), dirname(dirname(path))];
    for (let attempt = 1; ; attempt += 1) {
      try {
        await mkdir(content, { recursive: true });
        await rename(draft, path);
        break;
      } catch (error) {
        if (!isMissing(error) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
    // A file is on the disk when the folders above it are, too.
    for (const folder of [content, shard, this.folder]) await orNull(flush(folder));
  }

  async #shardsFrom(first: string): Promise<string[]> {
    const names = (await orNull(readdir(this.folder))) ?? [];
    return names.filter((name) => /^[0-9a-f]{2}$/.test(name) && name >= first).sort();
  }

  #pathOf({ sha256, name }: ObjectKey): string {
    if (!NAME.test(name)) throw new Error(`${name} is no name of a stored object.`);
    return join(this.#folderOf(sha256), name);
  }

  #folderOf(sha256: string): string {
    if (!DIGEST.test(sha256)) throw new Error('A content is stored under its SHA-256.');
    return join(this.folder, sha256.slice(0, SHARD_CHARACTERS), sha256);
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function orNull<T>(given: Promise<T>): Promise<T | null> {
  try {
    return await given;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageError(error);
  }
}
