import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Content, ObjectKey, ObjectStorage, StoredContent } from './object-storage';
import { isNotFound, type S3Calls } from './s3-calls';

/* So that a bucket may hold other things, too. */
const PREFIX = 'media/';
const DIGEST_CHARACTERS = 64;

/** Keeps objects in a bucket of Amazon S3, or of a server that speaks its protocol: `media/<sha256>/<name>`. */
export class S3Storage implements ObjectStorage {
  readonly incoming = join(tmpdir(), 'storekeeper-incoming');

  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly calls: S3Calls,
  ) {}

  async put(key: ObjectKey, content: Content, mediaType: string): Promise<void> {
    await this.calls.transfer((abortSignal) => {
      // A stream is read once, so each attempt opens the file again.
      const Body = Buffer.isBuffer(content) ? content : createReadStream(content.path);
      const ContentLength = Buffer.isBuffer(content) ? content.length : content.bytes;
      const command = new PutObjectCommand({ ...this.#located(key), Body, ContentLength, ContentType: mediaType });
      return this.client.send(command, { abortSignal });
    });
  }

  read(key: ObjectKey): Promise<Buffer | null> {
    return this.calls.transfer((abortSignal) =>
      orNull(async () => {
        const { Body } = await this.client.send(new GetObjectCommand(this.#located(key)), { abortSignal });
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      }),
    );
  }

  async has(key: ObjectKey): Promise<boolean> {
    const found = await this.calls.ask((abortSignal) =>
      orNull(() => this.client.send(new HeadObjectCommand(this.#located(key)), { abortSignal })),
    );
    return found !== null;
  }

  async deleteAll(sha256: string): Promise<void> {
    const { Contents = [] } = await this.#list({ Prefix: `${PREFIX}${sha256}/` });
    if (Contents.length === 0) return;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    await this.calls.ask(async (abortSignal) => {
      const { Errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true }, ChecksumAlgorithm: 'SHA256' }),
        { abortSignal },
      );
      if (Errors.length > 0) throw new Error(`The bucket kept ${Errors.length} objects: ${Errors[0]?.Code}.`);
    });
  }

  async listAfter(sha256: string, limit: number): Promise<readonly StoredContent[] | null> {
    // In the order of characters 0 follows the slash, so all objects of that content come before.
    const { Contents = [] } = await this.#list({ Prefix: PREFIX, StartAfter: sha256 && `${PREFIX}${sha256}0`, MaxKeys: limit });
    const latest = new Map<string, Date>();
    for (const { Key = '', LastModified = new Date() } of Contents) {
      const digest = Key.slice(PREFIX.length, PREFIX.length + DIGEST_CHARACTERS);
      const known = latest.get(digest);
      if (!known || known < LastModified) latest.set(digest, LastModified);
    }
    return latest.size > 0 ? [...latest].map(([digest, storedAt]) => ({ sha256: digest, storedAt })) : null;
  }

  async check(): Promise<void> {
    await this.calls.ask((abortSignal) => this.client.send(new HeadBucketCommand({ Bucket: this.bucket }), { abortSignal }));
  }

  #list(options: { Prefix: string; StartAfter?: string; MaxKeys?: number }) {
    return this.calls.ask((abortSignal) =>
      this.client.send(new ListObjectsV2Command({ Bucket: this.bucket, ...options }), { abortSignal }),
    );
  }

  #located({ sha256, name }: ObjectKey) {
    return { Bucket: this.bucket, Key: `${PREFIX}${sha256}/${name}` };
  }
}

async function orNull<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
