import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnv } from '../../config/env';
import type { Problem } from '../../src/problems/problem';
import { FolderStorage } from '../../src/storage/folder-storage';
import type { ObjectStorage } from '../../src/storage/object-storage';
import { openS3Storage } from '../../src/storage/open-s3-storage';
import { S3Calls } from '../../src/storage/s3-calls';
import { type S3Server, startS3Server } from './support/s3-server';

const QUICK = { askMs: 150, transferMs: 150 };

let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'storekeeper-storage-'));
  server = await startS3Server();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const overS3 = (settings: object = {}, calls?: S3Calls) => openS3Storage(loadEnv({ ...server.settings, ...settings }), calls);
const storages: Record<string, () => ObjectStorage> = {
  'a folder': () => new FolderStorage(join(folder, 'files')),
  'a bucket': () => overS3(),
};
const digest = () => createHash('sha256').update(randomBytes(16)).digest('hex');

function fileWith(storage: ObjectStorage, bytes: Buffer) {
  mkdirSync(storage.incoming, { recursive: true });
  const path = join(storage.incoming, digest());
  writeFileSync(path, bytes);
  return { path, bytes: bytes.length };
}

describe.each(Object.entries(storages))('%s', (_name, open) => {
  test('returns what was stored, from the memory or a file, and again when it is stored again', async () => {
    const storage = open();
    const sha256 = digest();
    const bytes = randomBytes(300_000);
    expect([await storage.read({ sha256, name: 'original' }), await storage.has({ sha256, name: 'original' })]).toEqual([null, false]);
    await storage.put({ sha256, name: 'original' }, fileWith(storage, bytes), 'image/png');
    await Promise.all([1, 2, 3].map(() => storage.put({ sha256, name: '640.webp' }, bytes, 'image/webp')));
    expect((await storage.read({ sha256, name: 'original' }))?.equals(bytes)).toBe(true);
    expect((await storage.read({ sha256, name: '640.webp' }))?.equals(bytes)).toBe(true);
    expect([await storage.has({ sha256, name: 'original' }), await storage.has({ sha256, name: '320.webp' })]).toEqual([true, false]);
    await storage.check();
  });

  test('lists every content once, in order, and deletes all objects of one', async () => {
    const storage = open();
    // s3rver fails at a list that it cuts short.
    const limit = storage instanceof FolderStorage || process.env.S3_ENDPOINT ? 2 : 100;
    const digests = [digest(), digest(), digest()].sort();
    for (const sha256 of digests)
      for (const name of ['original', '160.webp']) await storage.put({ sha256, name }, Buffer.from('a'), 'image/webp');
    const listed = async () => {
      const found: string[] = [];
      for (let page = await storage.listAfter('', limit); page; page = await storage.listAfter(found.at(-1) ?? '', limit)) {
        found.push(...page.map(({ sha256, storedAt }) => (Math.abs(storedAt.getTime() - Date.now()) < 600_000 ? sha256 : 'old')));
      }
      return found;
    };
    const before = await listed();
    expect(before).toEqual([...new Set(before)].sort());
    expect(before).toEqual(expect.arrayContaining(digests));
    await storage.deleteAll(digests[1] as string);
    await storage.deleteAll(digests[1] as string);
    expect(await listed()).toEqual(before.filter((sha256) => sha256 !== digests[1]));
  });
});

const problemOf = async (work: () => Promise<unknown>) =>
  work().then(
    () => null,
    ({ type }: Problem) => type.code,
  );

test('a folder that is a file is unavailable', async () => {
  writeFileSync(join(folder, 'file'), '');
  const storage = new FolderStorage(join(folder, 'file'));
  for (const work of [() => storage.put({ sha256: digest(), name: 'original' }, Buffer.from('a')), () => storage.check()]) {
    expect(await problemOf(work)).toBe('storage_unavailable');
  }
});

test('no name leads out of the folder', async () => {
  const storage = new FolderStorage(folder);
  for (const key of [
    { sha256: '../../etc', name: 'passwd' },
    { sha256: digest(), name: '../original' },
  ]) {
    await expect(storage.read(key)).rejects.toThrow(/^(A content is stored under|\.\.\/original is no name)/);
  }
});

describe('a bucket', () => {
  const withServer = async (answer: RequestListener, work: (storage: ObjectStorage) => Promise<void>) => {
    const fake = createServer(answer);
    await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
    try {
      await work(overS3({ S3_ENDPOINT: `http://127.0.0.1:${(fake.address() as AddressInfo).port}` }, new S3Calls(QUICK)));
    } finally {
      fake.closeAllConnections();
      fake.close();
    }
  };
  const key = { sha256: digest(), name: 'original' };

  test('is unavailable in a bounded time where the server is away, never answers, stops in the middle, or refuses the key', async () => {
    const dead = overS3({ S3_ENDPOINT: 'http://127.0.0.1:9' }, new S3Calls(QUICK));
    const startedAt = performance.now();
    expect(await problemOf(() => dead.has(key))).toBe('storage_unavailable');
    await withServer(
      (_req, res) => res.writeHead(403).end(),
      async (storage) => expect(await problemOf(() => storage.check())).toBe('storage_unavailable'),
    );
    await withServer(
      () => undefined,
      async (storage) => expect(await problemOf(() => storage.put(key, Buffer.from('a'), 'image/png'))).toBe('storage_unavailable'),
    );
    await withServer(
      (_req, res) => res.writeHead(200, { 'Content-Length': 100 }).write('a'),
      async (storage) => expect(await problemOf(() => storage.read(key))).toBe('storage_unavailable'),
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('is asked again after a failure that may pass, with the whole file each time', async () => {
    const sizes: number[] = [];
    await withServer(
      (req, res) => {
        let bytes = 0;
        req.on('data', (part: Buffer) => {
          bytes += part.length;
        });
        req.on('end', () => {
          sizes.push(bytes);
          res.writeHead(sizes.length < 3 ? 503 : 200).end();
        });
      },
      async (storage) => storage.put(key, fileWith(storage, randomBytes(5_000)), 'image/png'),
    );
    expect(sizes).toEqual([5_000, 5_000, 5_000]);
  });
});

test('a content in a folder can be stored while it is deleted, and neither fails', async () => {
  const storage = new FolderStorage(join(folder, 'files'));
  const sha256 = digest();
  let isStoring = true;
  const widths = Array.from({ length: 40 }, (_, width) => width);
  const stored = Promise.all(widths.map((width) => storage.put({ sha256, name: `${width}.webp` }, Buffer.from('a')))).finally(() => {
    isStoring = false;
  });
  const deleting = async () => {
    while (isStoring) await storage.deleteAll(sha256);
  };
  await Promise.all([stored, deleting()]);
  await storage.deleteAll(sha256);
  expect(await storage.has({ sha256, name: '1.webp' })).toBe(false);
});
