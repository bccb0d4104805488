import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}

type S3rverClass = new (options: object) => S3rver;

/** The settings of a bucket that a test may fill and empty. */
export interface S3Settings {
  readonly S3_ENDPOINT: string;
  readonly S3_BUCKET: string;
  readonly S3_ACCESS_KEY_ID: string;
  readonly S3_SECRET_ACCESS_KEY: string;
}

/** A server that speaks the protocol of S3. */
export interface S3Server {
  readonly settings: S3Settings;
  close(): Promise<void>;
}

/**
 * Starts s3rver on loopback with an empty bucket, and returns its settings. Where S3_ENDPOINT is set in the environment, as for
 * `npm run test:storage` against another server, returns that one's.
 */
export async function startS3Server(): Promise<S3Server> {
  const { S3_ENDPOINT, S3_BUCKET = 'media', S3_ACCESS_KEY_ID = 'S3RVER', S3_SECRET_ACCESS_KEY = 'S3RVER' } = process.env;
  const given = { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY };
  if (S3_ENDPOINT) return { settings: { ...given, S3_ENDPOINT }, close: async () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'storekeeper-s3-'));
  const Server = require('@20minutes/s3rver') as S3rverClass;
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: S3_BUCKET }],
    // It leaves out the slash that ends the path of a bucket when it checks the signature of a list.
    allowMismatchedSignatures: true,
  });
  const { port } = await server.run();
  return {
    settings: { ...given, S3_ENDPOINT: `http://127.0.0.1:${port}` },
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
