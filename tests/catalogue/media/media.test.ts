import { existsSync } from 'node:fs';
import { readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { storedFiles } from '../../../src/catalogue/media/clean-up/stored-files.queue';
import { unusedMedia } from '../../../src/catalogue/media/clean-up/unused-media.queue';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { type Queue, send } from '../../../src/jobs';
import { FORM_TYPE, formOf } from '../../factories/forms';
import { imageBytes, makeMedium } from '../../factories/media';
import { makeProduct } from '../../factories/products';
import { runJobs } from '../../jobs/support/run-jobs';
import { useShop } from '../../support/use-shop';
import { badUploads } from './support/bad-uploads';

const MAX_BYTES = 200_000;
const { shop, manager } = useShop({ manager: 'manager' }, { MEDIA_MAX_BYTES: String(MAX_BYTES), MEDIA_MAX_PIXELS: '300000' });

const upload = (body: Buffer, headers: Record<string, string> = {}, query = '') =>
  shop.call('post', `/v1/media${query}`, { token: manager.token, body, headers: { 'Content-Type': 'image/png', ...headers } });
const remove = (id: string) => shop.call('delete', `/v1/media/${id}`, { token: manager.token });
const addImage = (values: object) => shop.call('post', '/v1/images', { token: manager.token, body: values });
const folderOf = (sha256: string) => join(shop.env.MEDIA_DIR, sha256.slice(0, 2), sha256);
const incoming = () => readdir(join(shop.env.MEDIA_DIR, 'incoming'));
const start = (queue: Queue<object>) => unitOfWork(systemContext(shop, 'test', 'A test'), (tx) => send(tx, queue, {}));
const countMedia = async () => (await shop.query<{ count: number }>('SELECT count(*)::int FROM media'))[0]?.count;

describe('uploading', () => {
  test('keeps the same bytes once, as a body or in a form, and also when they come at once', async () => {
    const bytes = await imageBytes();
    const form = formOf([{ fileName: 'Chaï.png', content: bytes }]);
    const replies = await Promise.all([upload(form, { 'Content-Type': FORM_TYPE }), upload(bytes), upload(bytes), upload(bytes)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const body = replies[0]?.body;
    for (const other of replies) expect(other.body).toEqual(body);
    expect(body).toMatchObject({ mediaType: 'image/png', bytes: bytes.length, width: 400, height: 200 });
    expect(body.variants.map(({ width }: { width: number }) => width)).toEqual([160, 320, 400]);
    const log = await shop.query('SELECT action FROM audit_logs WHERE record_id = $1::uuid', [body.id]);
    expect([log, await readdir(folderOf(body.sha256)), await incoming()]).toEqual([[{ action: 'CREATE' }], ['original'], []]);
  });

  test.each([
    ['C:\\shop\\front.png', 'front.png'],
    ['../../etc/passwd', 'passwd'],
    ['a\u0001b\u202egnp.exe', 'abgnp.exe'],
    ['..', 'image.png'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('names a file %j without folders and what nobody sees', async (given, kept) => {
    const { body } = await upload(await imageBytes(), {}, `?fileName=${encodeURIComponent(given)}`);
    expect(body.fileName).toBe(kept);
  });

  test('takes every type that it names', async () => {
    for (const format of ['jpeg', 'webp', 'gif', 'avif'] as const) {
      const bytes = await sharp(await imageBytes({ width: 20, height: 10 }))
        .toFormat(format)
        .toBuffer();
      expect((await upload(bytes)).body).toMatchObject({ mediaType: `image/${format}`, width: 20, height: 10 });
    }
  });

  test.each(Object.entries(badUploads(MAX_BYTES)))('refuses %s, and keeps nothing', async (_what, [bytes, status, code, type]) => {
    const before = await countMedia();
    const { body } = await upload(await bytes(), type === undefined ? {} : { 'Content-Type': type });
    expect(body).toMatchObject({ status, code });
    expect([await countMedia(), await incoming()]).toEqual([before, []]);
  });

  test('answers a repeated Idempotency-Key with the first reply, and refuses another file under it', async () => {
    const headers = { 'Idempotency-Key': 'upload-of-the-front-1' };
    const bytes = await imageBytes();
    const first = await upload(bytes, headers);
    const again = await upload(bytes, headers);
    expect([first.status, again.status, again.headers['idempotency-replayed'], again.body]).toEqual([201, 201, 'true', first.body]);
    const before = await countMedia();
    expect((await upload(await imageBytes(), headers)).body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(await countMedia()).toBe(before);
  });

  test('stores nothing in a dry run', async () => {
    const { status, body } = await upload(await imageBytes(), { Prefer: 'dry-run' });
    expect([status, existsSync(folderOf(body.sha256)), await incoming()]).toEqual([201, false, []]);
  });
});

test('answers 503 while the storage is away, keeps nothing, and goes on afterwards', async () => {
  const [before, bytes, folder] = [await countMedia(), await imageBytes(), join(shop.env.MEDIA_DIR, 'incoming')];
  await rename(folder, `${folder}.away`);
  await writeFile(folder, 'in its place');
  const { body, headers } = await upload(bytes);
  await rename(`${folder}.away`, `${folder}.back`);
  await rm(folder);
  await rename(`${folder}.back`, folder);
  expect([body, headers['retry-after'], await countMedia()]).toEqual([
    expect.objectContaining({ status: 503, code: 'storage_unavailable' }),
    '10',
    before,
  ]);
  expect((await upload(bytes)).status).toBe(201);
});

describe('serving', () => {
  test('shows an image in its widths, upright and without what the photograph tells, and lets it be cached for ever', async () => {
    const photo = await sharp(await imageBytes({ width: 400, height: 200 }))
      .withExif({ IFD0: { Artist: 'A person' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { body } = await upload(Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]));
    expect(body).toMatchObject({ width: 200, height: 400 });
    const [{ url, width, height }] = body.variants;
    const [webp, twin] = await Promise.all([shop.call('get', url), shop.call('get', url)]);
    expect(webp.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(twin.body).toEqual(webp.body);
    expect(await sharp(webp.body).metadata()).toMatchObject({ format: 'webp', width, height });
    const jpeg = await shop.call('get', url.replace('.webp', '.jpg'));
    expect(jpeg.headers['content-type']).toBe('image/jpeg');
    for (const shown of [webp.body, jpeg.body] as Buffer[]) {
      expect((await sharp(shown).metadata()).exif).toBeUndefined();
      for (const told of ['A person', '<script>']) expect(shown.includes(told)).toBe(false);
    }
    expect((await shop.call('get', url, { headers: { 'If-None-Match': String(webp.headers.etag) } })).status).toBe(304);
    expect((await readdir(folderOf(body.sha256))).sort()).toEqual(['160.jpg', '160.webp', 'original']);
    const { token } = manager;
    const original = await shop.call('get', `/v1/media/${body.id}/file`, { token });
    for (const [path, whole] of [
      [url, webp],
      [`/v1/media/${body.id}/file`, original],
    ] as const) {
      const part = (headers: Record<string, string>) => shop.call('get', path, { token, headers });
      const head = await shop.call('head', path, { token, isUndocumented: true });
      expect([head.status, head.headers['content-length'], head.headers['accept-ranges']]).toEqual([
        200,
        String(whole.body.length),
        'bytes',
      ]);
      const middle = await part({ Range: 'bytes=10-19', 'If-Range': String(whole.headers.etag) });
      expect([middle.status, middle.headers['content-range'], middle.headers['content-length']]).toEqual([
        206,
        `bytes 10-19/${whole.body.length}`,
        '10',
      ]);
      expect(middle.body).toEqual(whole.body.subarray(10, 20));
      expect((await part({ Range: 'bytes=-5' })).body).toEqual(whole.body.subarray(-5));
      for (const all of [{ Range: 'bytes=0-1', 'If-Range': '"other"' }, { Range: 'bytes=0-1,4-5' }, { Range: 'lines=0-1' }] as const)
        expect((await part(all)).body).toEqual(whole.body);
      const behind = await part({ Range: `bytes=${whole.body.length}-` });
      expect([behind.status, behind.body.code, behind.headers['content-range']]).toEqual([
        416,
        'range_not_satisfiable',
        `bytes */${whole.body.length}`,
      ]);
      expect((await part({ 'If-None-Match': String(whole.headers.etag), Range: 'bytes=0-1' })).status).toBe(304);
    }
    expect(original.headers['content-disposition']).toMatch(/^attachment; /);
    expect(original.body.includes('A person')).toBe(true);
  });

  test('keeps the frames of an animation', async () => {
    const raw = Buffer.alloc(20 * 20 * 3, 9).fill(200, 20 * 10 * 3);
    const gif = await sharp(raw, { raw: { width: 20, height: 20, channels: 3, pageHeight: 10 } })
      .gif()
      .toBuffer();
    const { body } = await upload(gif);
    expect(body).toMatchObject({ mediaType: 'image/gif', width: 20, height: 10 });
    expect((await sharp((await shop.call('get', body.variants[0].url)).body).metadata()).pages).toBe(2);
  });

  test('has no image of another width or content, and makes none', async () => {
    const { sha256 } = await makeMedium(shop, manager);
    expect((await shop.call('get', `/media/${sha256}/161.webp`)).body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await shop.call('get', `/media/${'0'.repeat(64)}/160.webp`)).status).toBe(404);
    expect(await readdir(folderOf(sha256))).toEqual(['original']);
  });
});

test('an uploaded medium never changes, not even under raw SQL', async () => {
  const { id, sha256 } = await makeMedium(shop, manager);
  const change = shop.query('UPDATE media SET sha256 = $2 WHERE id = $1::uuid', [id, 'f'.repeat(64)]);
  await expect(change).rejects.toMatchObject({ original: { constraint: 'media_edit_check' } });
  expect((await shop.call('get', `/v1/media/${id}`, { token: manager.token })).body.sha256).toBe(sha256);
});

describe('deleting', () => {
  test('is refused while an image shows the medium, also a deleted one, and takes the files along', async () => {
    const medium = await makeMedium(shop, manager);
    await shop.call('get', medium.variants[0].url);
    const { body: image } = await addImage({ productId: await makeProduct(shop, manager), mediaId: medium.id });
    for (const isDeleted of [false, true]) {
      if (isDeleted) await shop.call('delete', `/v1/images/${image.id}`, { token: manager.token });
      expect((await remove(medium.id)).body).toMatchObject({ status: 409, code: 'in_use' });
    }
    await shop.call('delete', `/v1/images/${image.id}?force=true`, { token: manager.token });
    expect((await remove(medium.id)).status).toBe(204);
    await runJobs(shop);
    expect(existsSync(folderOf(medium.sha256))).toBe(false);
    expect((await shop.call('get', medium.variants[0].url)).status).toBe(404);
  });

  test('clears up what nothing has referred to for a day, and nothing else', async () => {
    const [used, unused, wanted] = [await makeMedium(shop, manager), await makeMedium(shop, manager), await makeMedium(shop, manager)];
    const bytes = await shop.call('get', `/v1/media/${wanted.id}/file`, { token: manager.token });
    await addImage({ productId: await makeProduct(shop, manager), mediaId: used.id });
    const ids = [used.id, unused.id, wanted.id];
    const left = async () =>
      (await shop.query<{ id: string }>('SELECT id FROM media WHERE id = ANY ($1::uuid[]) ORDER BY id', [ids])).map(({ id }) => id);
    const clean = async () => {
      await start(unusedMedia);
      await runJobs(shop);
    };
    await clean();
    expect(await left()).toEqual(ids);
    await shop.query(`UPDATE unused_media SET unused_since = now() - interval '25 hours'`);
    expect((await upload(bytes.body)).status).toBe(200);
    await clean();
    expect(await left()).toEqual([used.id, wanted.id]);
    expect(existsSync(folderOf(unused.sha256))).toBe(false);
  });

  test('clears up stored files that no medium has, once they are a day old', async () => {
    const [old, fresh, recorded] = [await makeMedium(shop, manager), await makeMedium(shop, manager), await makeMedium(shop, manager)];
    await shop.query('DELETE FROM media WHERE id = ANY ($1::uuid[])', [[old.id, fresh.id]]);
    const yesterday = new Date(Date.now() - 90_000_000);
    // What uploads of killed processes left behind.
    const partsOf = (name: string) => join(shop.env.MEDIA_DIR, 'incoming', name);
    for (const name of ['killed', 'arriving']) await writeFile(partsOf(name), 'a');
    await utimes(partsOf('killed'), yesterday, yesterday);
    for (const { sha256 } of [old, recorded]) await utimes(folderOf(sha256), yesterday, yesterday);
    await start(storedFiles);
    await runJobs(shop);
    expect([old, fresh, recorded].map(({ sha256 }) => existsSync(folderOf(sha256)))).toEqual([false, true, true]);
    expect(await incoming()).toEqual(['arriving']);
  });
});
