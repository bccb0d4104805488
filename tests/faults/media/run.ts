import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { GROUND_SETTINGS, prepareGround } from '../prepare-ground';
import { ShopProcess } from '../shop-process';
import { floodPng, framesGif } from './bombs';
import { CLIENTS, call, hasFailed, inParallel, memoryOf, percentiles, photo, report, type Trial, timed, upload } from './trial';

const MIB = 1_048_576;
const UPLOADS = 60;
const KILLS = 10;
const REQUEST_TIMEOUT_MS = 3_000;

/** Runs `npm run test:media`: what bad clients, bombs, kills and a full disk leave behind, and how long uploads and variants take. */
async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-media-'));
  const files = join(folder, 'media');
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const database = await startEmbeddedServer({ dataDir: join(folder, 'data'), log: () => undefined });
    closing.unshift(() => database.stop());
    const settings = {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      JWT_SECRET: 'the secret of one run of media, kept nowhere',
      DEMO_DATA: 'false',
      RATE_LIMIT: 'off',
      MEDIA_DIR: files,
      REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
      UV_THREADPOOL_SIZE: '16',
      ...GROUND_SETTINGS,
    };
    const shop = await ShopProcess.start(settings, join(folder, 'shop.log'));
    closing.unshift(() => shop.end('SIGKILL'));
    const trial: Trial = { shop, token: (await prepareGround(shop.url)).administrator, folder: files };
    await bombs(trial);
    await badClients(trial);
    await throughput(trial);
    await kills(trial);
    await fullDisk(trial);
  } finally {
    for (const close of closing) await close();
  }
  process.exitCode = hasFailed() ? 1 : 0;
}

async function bombs(trial: Trial): Promise<void> {
  const before = memoryOf(trial);
  const cases = { 'a PNG of a gigapixel': floodPng(32_000, 32_000), 'a GIF of 200,000 frames': framesGif(200_000) };
  for (const [name, bytes] of Object.entries(cases)) {
    const { status, ms } = await timed(() => upload(trial, bytes));
    report(`${name}, ${bytes.length} bytes`, status === 422, `${status} in ${ms} ms`);
  }
  report('memory after them', true, `${memoryOf(trial) - before} MiB more than before`);
}

/* By sockets: no client library sends what is wrong. */
async function badClients(trial: Trial): Promise<void> {
  const head = (length: number) =>
    `POST /v1/media HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${trial.token}\r\nContent-Type: image/png\r\nContent-Length: ${length}\r\n\r\n`;
  const send = async (length: number, then: (socket: ReturnType<typeof connect>) => unknown) => {
    const socket = connect(trial.shop.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', () => undefined);
    socket.write(head(length));
    socket.write(Buffer.alloc(100_000));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const startedAt = performance.now();
    await then(socket);
    await Promise.race([closed, delay(4 * REQUEST_TIMEOUT_MS)]);
    return `${/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 'no answer'} after ${Math.round(performance.now() - startedAt)} ms`;
  };
  const cutOff = await send(MIB, async (socket) => {
    await delay(200);
    socket.destroy();
  });
  const short = await send(MIB, () => undefined);
  const slow = await send(MIB, async (socket) => {
    const timer = setInterval(() => socket.write(Buffer.alloc(100)), 100);
    socket.on('close', () => clearInterval(timer));
  });
  await delay(500);
  report(
    'a body cut off, one shorter than it says, a slow one',
    readdirSync(join(trial.folder, 'incoming')).length === 0,
    `${cutOff}; ${short}; ${slow}; nothing kept`,
  );
}

async function throughput(trial: Trial): Promise<void> {
  const photos = await Promise.all(Array.from({ length: UPLOADS }, (_, at) => photo(at)));
  const uploads = await inParallel(photos, (bytes) => timed(() => upload(trial, bytes)));
  const again = await inParallel(photos, (bytes) => timed(() => upload(trial, bytes)));
  report(
    `${UPLOADS} photographs of 12 megapixels by ${CLIENTS} clients`,
    uploads.every(({ status }) => status === 201),
    percentiles(uploads),
  );
  report(
    'the same once more',
    again.every(({ status }) => status === 200),
    percentiles(again),
  );
  const urls = uploads.flatMap(({ body }) => body.variants.filter(({ width }) => [320, 640, 1280].includes(width)).map(({ url }) => url));
  const read = (url: string) =>
    timed(async () => {
      const response = await fetch(trial.shop.url + url);
      await response.arrayBuffer();
      return { status: response.status, body: { variants: [] } };
    });
  const first = inParallel(urls, read);
  const reads: number[] = [];
  let isMaking = true;
  void first.finally(() => {
    isMaking = false;
  });
  while (isMaking) {
    reads.push((await timed(() => call(trial, '/v1/products?limit=1'))).ms);
    await delay(20);
  }
  const made = await first;
  report(
    `${urls.length} variants made`,
    made.every(({ status }) => status === 200),
    percentiles(made),
  );
  report('a page of products meanwhile', true, percentiles(reads.map((ms) => ({ ms }))));
  report(`${urls.length} variants kept`, true, percentiles(await inParallel(urls, read)));
  report('memory', true, `${memoryOf(trial)} MiB`);
}

async function kills(trial: Trial): Promise<void> {
  const photos = await Promise.all(Array.from({ length: KILLS }, (_, at) => photo(1_000 + at)));
  for (const bytes of photos) {
    const uploading = upload(trial, bytes).catch(() => null);
    await delay(Math.random() * 2_000);
    await trial.shop.end('SIGKILL');
    await uploading;
    await trial.shop.startAgain();
  }
  const again = await inParallel(photos, (bytes) => timed(() => upload(trial, bytes)));
  const whole = await inParallel(again, async ({ body }) => (await fetch(trial.shop.url + body.variants[0]?.url)).status);
  const left = readdirSync(join(trial.folder, 'incoming')).length;
  report(
    `${KILLS} kills during uploads, each repeated`,
    whole.every((status) => status === 200),
    `${again.filter(({ status }) => status === 200).length} were recorded before, ${left} parts wait for the clean-up`,
  );
}

/* A file system of a megabyte in the place of the folder, where this user may mount one. */
async function fullDisk(trial: Trial): Promise<void> {
  await trial.shop.end('SIGTERM');
  const small = `${trial.folder}-small`;
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    report('a full disk', true, 'left out: this user may not mount a file system');
    return;
  }
  try {
    trial.shop.settings.MEDIA_DIR = small;
    await trial.shop.startAgain();
    const { status, body } = await upload(trial, await photo(5_000));
    const left = readdirSync(join(small, 'incoming')).length;
    const tiny = await upload(
      trial,
      await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    report(
      'a full disk',
      status === 507 && left === 0 && tiny.status === 201,
      `${status} ${body.code}, nothing kept, and ${tiny.status} for a file with room`,
    );
    await trial.shop.end('SIGTERM');
  } finally {
    execFileSync('umount', [small]);
  }
}

void run();
