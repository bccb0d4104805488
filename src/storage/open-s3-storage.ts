import { S3Client } from '@aws-sdk/client-s3';
import type { Env } from '../../config/env';
import { S3Calls } from './s3-calls';
import { S3Storage } from './s3-storage';

const CONNECTION_MS = 2_000;
const MAX_SOCKETS = 50;

/* Without one, the library writes some of its warnings to the console, between the lines of the log. Each failure reaches the caller. */
const nothing = () => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Opens the storage of the bucket that the settings name; connects at the first call. */
export function openS3Storage(env: Env, calls = new S3Calls()): S3Storage {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  const client = new S3Client({
    region: S3_REGION,
    // A server of one's own rarely has a DNS name for each bucket.
    ...(S3_ENDPOINT !== '' && { endpoint: S3_ENDPOINT, forcePathStyle: true }),
    // Without a key, the library finds that of the machine's role.
    ...(S3_ACCESS_KEY_ID !== '' && { credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } }),
    // Not every server knows the library's newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // S3Calls repeats what may pass.
    maxAttempts: 1,
    logger: SILENT,
    requestHandler: { connectionTimeout: CONNECTION_MS, httpAgent: { maxSockets: MAX_SOCKETS }, httpsAgent: { maxSockets: MAX_SOCKETS } },
  });
  return new S3Storage(client, env.S3_BUCKET, calls);
}
