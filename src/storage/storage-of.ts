import type { Env } from '../../config/env';
import { FolderStorage } from './folder-storage';
import type { ObjectStorage } from './object-storage';

const storages = new WeakMap<Env, ObjectStorage>();

/** Returns the storage of the settings: the bucket of S3_BUCKET where it is set, otherwise the folder MEDIA_DIR. */
export function storageOf({ env }: { readonly env: Env }): ObjectStorage {
  const storage = storages.get(env) ?? (env.S3_BUCKET === '' ? new FolderStorage(env.MEDIA_DIR) : s3Storage(env));
  storages.set(env, storage);
  return storage;
}

/* The library takes a tenth of a second and 20 MB to load, so only a shop with a bucket loads it. */
function s3Storage(env: Env): ObjectStorage {
  const { openS3Storage } = require('./open-s3-storage') as typeof import('./open-s3-storage');
  return openS3Storage(env);
}
