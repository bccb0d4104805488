import { publishPosts } from '../../src/content/posts/publish-posts.queue';
import { systemContext } from '../../src/context/system-context';
import { unitOfWork } from '../../src/database/transaction/unit-of-work';
import { send } from '../../src/jobs';
import type { Person } from '../factories/people';
import { makeProduct } from '../factories/products';
import { runJobs } from '../jobs/support/run-jobs';
import { behindLock } from '../support/behind-lock';
import { recordStatements } from '../support/query-recorder';
import { useShop } from '../support/use-shop';

const { shop, manager, ana, ben } = useShop({ manager: 'manager', ana: 'customer', ben: 'customer' });

type Method = 'get' | 'post' | 'patch' | 'delete';
const call = (who: Person | null, method: Method, path: string, body?: unknown, headers = {}) =>
  shop.call(method, path, { token: who?.token, body, headers });

const PUBLISHED = { status: 'published', body: 'Boil the water first.' };
let posts = 0;
const makePost = async (values: object = {}) => {
  posts += 1;
  return (await call(manager, 'post', '/v1/posts', { title: `Brewing ${posts}`, ...PUBLISHED, ...values })).body;
};
const comment = (who: Person | null, commentableType: string, commentableId: string, content = 'Fine.') =>
  call(who, 'post', '/v1/comments', { commentableType, commentableId, content });
const commentsOn = async (id: string, who: Person | null = null) =>
  (await call(who, 'get', `/v1/comments?commentableId=${id}&sort=createdAt`)).body.data as { id: string; content: string }[];
const stored = (id: string) => shop.query('SELECT FROM comments WHERE commentable_id = $1::uuid', [id]);

describe('posts', () => {
  test('are public once they are published, by id and by slug, and drafts are for staff', async () => {
    const draft = await makePost({ title: 'A secret draft', status: 'draft', body: '' });
    expect(draft).toMatchObject({ slug: 'a-secret-draft', status: 'draft', publishedAt: null, authorId: manager.id });
    expect((await call(null, 'get', `/v1/posts/${draft.id}`)).status).toBe(404);
    expect((await call(ana, 'get', '/v1/posts?slug=a-secret-draft')).body.data).toEqual([]);
    expect((await call(manager, 'get', `/v1/posts/${draft.id}`)).status).toBe(200);
    const made = await call(manager, 'patch', `/v1/posts/${draft.id}`, PUBLISHED);
    expect(made.body).toMatchObject({ status: 'published', publishedAt: expect.stringMatching(/Z$/) });
    const shown = await call(null, 'get', '/v1/posts/slug:a-secret-draft?include=author');
    expect(shown.body).toMatchObject({ id: draft.id, author: { id: manager.id, name: expect.stringMatching(/^person/) } });
    await call(manager, 'patch', `/v1/posts/${draft.id}`, { slug: 'no-secret' });
    const moved = await call(null, 'get', '/v1/posts/slug:a-secret-draft');
    expect([moved.status, moved.headers.location]).toEqual([301, '/v1/posts/slug:no-secret']);
    const events = await call(manager, 'get', '/v1/events?types=posts.published&limit=100');
    expect((events.body.data as { object: { id: string } }[]).filter(({ object }) => object.id === draft.id)).toHaveLength(1);
  });

  test('refuse to be published without a body, by raw SQL, too, and stay drafts', async () => {
    const { id } = await makePost({ status: 'draft', body: '' });
    const path = `/v1/posts/${id}`;
    const missing = { status: 422, errors: [{ pointer: '/body', code: 'required' }] };
    expect((await call(manager, 'patch', path, { status: 'published' })).body).toMatchObject(missing);
    expect((await call(manager, 'post', '/v1/posts', { title: 'Empty', status: 'published' })).body).toMatchObject(missing);
    expect((await call(manager, 'patch', path, { status: 'published', body: ' \u200b ' })).body).toMatchObject(missing);
    await expect(shop.query(`UPDATE posts SET status = 'published' WHERE id = $1::uuid`, [id])).rejects.toMatchObject({
      original: { code: '23514' },
    });
    expect((await call(manager, 'get', path)).body).toMatchObject({ status: 'draft', version: 1 });
  });

  test('are public from the time that they are scheduled for', async () => {
    const later = await makePost({ publishedAt: '2099-01-01T00:00:00.000Z' });
    const earlier = await makePost({ publishedAt: '2020-01-01T00:00:00.000Z' });
    expect((await call(null, 'get', `/v1/posts/${later.id}`)).status).toBe(404);
    expect((await call(null, 'get', `/v1/posts/${earlier.id}`)).body.publishedAt).toBe('2020-01-01T00:00:00.000Z');
    expect((await comment(ana, 'Post', later.id)).body).toMatchObject({ status: 422 });
    await shop.query('UPDATE posts SET published_at = now() WHERE id = $1::uuid', [later.id]);
    const [first] = (await call(null, 'get', '/v1/posts')).body.data;
    expect(first.id).toBe(later.id);
  });

  test('are announced once they become public, and not when they are scheduled', async () => {
    const announced = async (id: string) => {
      const { body } = await call(manager, 'get', '/v1/events?types=posts.published&limit=100');
      return (body.data as { object: { id: string } }[]).filter(({ object }) => object.id === id).length;
    };
    const soon = await makePost({ publishedAt: new Date(Date.now() + 60_000).toISOString() });
    const deleted = await makePost({ publishedAt: '2099-01-01T00:00:00.000Z' });
    const bySql = await makePost({ status: 'draft' });
    expect(soon).toMatchObject({ status: 'published', isPublic: false });
    expect(await shop.query(`SELECT FROM pgboss.job WHERE name = 'publish-posts' AND start_after = $1`, [soon.publishedAt])).toHaveLength(
      1,
    );
    await shop.query(`UPDATE posts SET status = 'published', published_at = '2099-01-01', is_public = true WHERE id = $1::uuid`, [
      bySql.id,
    ]);
    await call(manager, 'delete', `/v1/posts/${deleted.id}`);
    const all = [soon.id, deleted.id, bySql.id];
    expect(await Promise.all(all.map(announced))).toEqual([0, 0, 0]);
    /* Their time comes, as it does on a shop that nobody writes to. */
    await shop.query('ALTER TABLE posts DISABLE TRIGGER posts_show');
    await shop.query('UPDATE posts SET published_at = now() WHERE id = ANY ($1::uuid[])', [all]);
    await shop.query('ALTER TABLE posts ENABLE TRIGGER posts_show');
    const minute = () => unitOfWork(systemContext(shop, 'test', 'A minute begins'), (tx) => send(tx, publishPosts, {}));
    await Promise.all([minute(), minute()]);
    await runJobs(shop, [publishPosts]);
    expect(await Promise.all(all.map(announced))).toEqual([1, 0, 1]);
    expect((await call(null, 'get', `/v1/posts/${soon.id}`)).body).toMatchObject({ isPublic: true, version: soon.version + 2 });
    await call(manager, 'post', `/v1/posts/${deleted.id}/restore`);
    await runJobs(shop, [publishPosts]);
    expect(await Promise.all(all.map(announced))).toEqual([1, 1, 1]);
  });

  test('are imported by their slug and exported again', async () => {
    const file = 'slug,title,body,status\nhow-to-brew,How to brew,Boil.,published\n';
    expect((await call(manager, 'post', '/v1/posts/import', file, { 'Content-Type': 'text/csv' })).body).toMatchObject({ created: 1 });
    const changed = await call(manager, 'post', '/v1/posts/import', file.replace('Boil.', 'Boil it.'), { 'Content-Type': 'text/csv' });
    expect(changed.body).toMatchObject({ updated: 1 });
    const { text } = await call(manager, 'get', '/v1/posts/export?slug=how-to-brew&fields=slug,body,status');
    expect(text).toBe('slug,body,status\r\nhow-to-brew,Boil it.,published\r\n');
  });
});

describe('comments', () => {
  test('are for whoever reads their target: a post, a product, oneself', async () => {
    const { id: post } = await makePost();
    const product = await makeProduct(shop, manager);
    for (const [type, id] of [
      ['Post', post],
      ['Product', product],
      ['User', ana.id],
    ] as const) {
      expect((await comment(ana, type, id, `On a ${type}`)).body).toMatchObject({ commentableType: type, authorId: ana.id, version: 1 });
    }
    expect([await commentsOn(post), await commentsOn(product), await commentsOn(ana.id)].map(({ length }) => length)).toEqual([1, 1, 0]);
    expect(await commentsOn(ana.id, ana)).toHaveLength(1);
    expect(await commentsOn(ana.id, manager)).toHaveLength(1);
    expect((await comment(null, 'Post', post)).status).toBe(401);
  });

  test('on nothing, on something deleted or hidden, or on another table are refused alike, and none is stored', async () => {
    const draft = await makePost({ status: 'draft' });
    const hidden = await makeProduct(shop, manager, { status: 'draft' });
    const gone = await makePost();
    await call(manager, 'delete', `/v1/posts/${gone.id}`);
    for (const [type, id] of [
      ['Post', draft.id],
      ['Post', gone.id],
      ['Post', hidden],
      ['Product', hidden],
      ['User', manager.id],
    ] as const) {
      expect((await comment(ben, type, id)).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/commentableId', code: 'unknown_reference' }],
      });
      if (id !== manager.id) expect(await stored(id)).toEqual([]);
    }
    expect((await comment(ben, 'Order', draft.id)).body).toMatchObject({ status: 422, errors: [{ pointer: '/commentableType' }] });
    expect((await comment(ben, 'users', ben.id)).body).toMatchObject({ status: 422, errors: [{ pointer: '/commentableType' }] });
    expect((await comment(manager, 'Post', draft.id)).status).toBe(201);
  });

  test.each([
    ['a comment on nothing', 'Product', async () => ana.id, '23503'],
    ['a comment on a deleted post', 'Post', async () => deletedPost(), '23514'],
    ['a comment on another table', 'Tag', async () => ana.id, '23514'],
  ])('refuse %s under raw SQL', async (_what, type, target, code) => {
    const id = await target();
    const insert = `INSERT INTO comments (id, commentable_type, commentable_id, author_id, content) VALUES (uuid_v7(), $1, $2::uuid, $3::uuid, 'X')`;
    await expect(shop.query(insert, [type, id, ana.id])).rejects.toMatchObject({ original: { code } });
    expect(await shop.query(`SELECT FROM comments WHERE content = 'X'`)).toEqual([]);
  });

  const deletedPost = async () => {
    const { id } = await makePost();
    await call(manager, 'delete', `/v1/posts/${id}`);
    return String(id);
  };

  test('that come while their target is being deleted wait, and are refused', async () => {
    const { id } = await makePost();
    const deletion = { sql: 'UPDATE posts SET deleted_at = now() WHERE id = $1::uuid', values: [id] };
    const refused = await behindLock(shop, deletion, () => comment(ana, 'Post', id));
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/commentableId' }] });
    expect(await stored(id)).toEqual([]);
    const { id: other } = await makePost();
    const writing = {
      sql: `INSERT INTO comments (id, commentable_type, commentable_id, author_id, content) VALUES (uuid_v7(), 'Post', $1::uuid, $2::uuid, 'Y')`,
      values: [other, ana.id],
    };
    expect((await behindLock(shop, writing, () => call(manager, 'delete', `/v1/posts/${other}`))).status).toBe(204);
  });

  test('hide with their target, come back with it, and go with it when it is purged', async () => {
    const { id } = await makePost();
    const { body } = await comment(ana, 'Post', id);
    await call(manager, 'delete', `/v1/posts/${id}`);
    expect([await commentsOn(id), await commentsOn(id, ana), await commentsOn(id, manager)]).toEqual([[], [], []]);
    await call(manager, 'post', `/v1/posts/${id}/restore`);
    expect(await commentsOn(id)).toMatchObject([{ id: body.id }]);
    await call(ana, 'delete', `/v1/comments/${body.id}`);
    await call(manager, 'delete', `/v1/posts/${id}`);
    expect((await call(manager, 'post', `/v1/comments/${body.id}/restore`)).status).toBe(404);
    expect((await call(manager, 'delete', `/v1/posts/${id}?force=true`)).status).toBe(204);
    expect(await stored(id)).toEqual([]);
    const log = await shop.query('SELECT action, actor_id FROM audit_logs WHERE record_id = $1::uuid ORDER BY feed_position', [body.id]);
    expect(log.at(-1)).toEqual({ action: 'PURGE', actor_id: manager.id });
  });

  test('are changed by their author alone and deleted by the author or staff; a target never changes', async () => {
    const { id } = await makePost();
    const { body } = await comment(ana, 'Post', id);
    const path = `/v1/comments/${body.id}`;
    expect((await call(ben, 'patch', path, { content: 'Ben was here.' })).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await call(manager, 'patch', path, { content: 'Lovely.' })).body).toMatchObject({ status: 403 });
    expect((await call(ben, 'delete', path)).status).toBe(403);
    expect((await call(ana, 'patch', path, { commentableId: ana.id })).body).toMatchObject({ status: 422 });
    expect((await call(null, 'get', path)).body).toEqual(body);
    expect((await call(ana, 'patch', path, { content: 'Very fine.' })).body).toMatchObject({ content: 'Very fine.', version: 2 });
    expect((await call(manager, 'delete', path)).status).toBe(204);
    expect((await call(ana, 'get', path)).status).toBe(404);
  });

  test('show their targets in one statement, whatever they are about, and only to whoever may read these', async () => {
    const { id: post } = await makePost({ title: 'About targets' });
    const product = await makeProduct(shop, manager, { name: 'Teapot' });
    for (const [type, id] of [
      ['Post', post],
      ['Product', product],
      ['User', ben.id],
      ['Post', post],
    ] as const)
      await comment(ben, type, id);
    const path = `/v1/comments?authorId=${ben.id}&include=target,author&limit=10`;
    let listed = await call(ben, 'get', path);
    const statements = await recordStatements(async () => {
      listed = await call(ben, 'get', path);
    });
    expect(statements.filter((text) => text.includes('"comments"'))).toHaveLength(1);
    const targets = new Map(
      (listed.body.data as { commentableType: string; target: object }[]).map((row) => [row.commentableType, row.target]),
    );
    expect(targets.get('Post')).toMatchObject({ id: post, title: 'About targets' });
    expect(targets.get('Product')).toMatchObject({ id: product, name: 'Teapot' });
    expect(targets.get('User')).toMatchObject({ id: ben.id, email: ben.email });
    const one = (await commentsOn(post))[0] as { id: string };
    const read = await call(null, 'get', `/v1/comments/${one.id}?include=target`);
    expect(read.headers.etag).toBeDefined();
    await call(manager, 'patch', `/v1/posts/${post}`, { title: 'About what they show' });
    const again = await call(null, 'get', `/v1/comments/${one.id}?include=target`, undefined, { 'If-None-Match': read.headers.etag });
    expect(again.body).toMatchObject({ target: { title: 'About what they show' } });
  });
});
