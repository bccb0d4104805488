import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });
const NOBODYS_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

const bulk = (operations: unknown, atomic?: boolean, path = '/v1/products/bulk') =>
  shop.call('post', path, { token: manager.token, body: { ...(atomic !== undefined && { atomic }), operations } });
const product = (sku: string, values: object = {}) => ({ name: sku, sku, price: '1.00', ...values });
const create = (sku: string, values: object = {}) => ({ op: 'create', data: product(sku, values) });
const rows = () => shop.query('SELECT * FROM products ORDER BY id');

test('does every kind of operation as one change set, and answers in order', async () => {
  const [changed, deleted, restored] = [
    await makeProduct(shop, manager),
    await makeProduct(shop, manager),
    await makeProduct(shop, manager),
  ];
  await shop.call('delete', `/v1/products/${restored}`, { token: manager.token });
  const { status, body } = await bulk([
    create('BULK-1'),
    { op: 'update', id: changed, version: 1, data: { name: 'Changed', price: '2.00' } },
    { op: 'delete', id: deleted },
    { op: 'restore', id: restored },
    { op: 'create', id: NOBODYS_ID, data: product('BULK-2') },
  ]);
  expect([status, body]).toEqual([
    200,
    {
      results: [
        { status: 201, id: expect.any(String), version: 1 },
        { status: 200, id: changed, version: 2 },
        { status: 204, id: deleted, version: 2 },
        { status: 200, id: restored, version: 3 },
        { status: 201, id: NOBODYS_ID, version: 1 },
      ],
    },
  ]);
  const ids = body.results.map(({ id }: { id: string }) => id);
  const log = await shop.query(
    `SELECT DISTINCT ON (record_id) record_id, action, change_set_id FROM audit_logs WHERE record_id = ANY ($1::uuid[]) ORDER BY record_id, occurred_at DESC`,
    [ids],
  );
  expect(new Set(log.map((row) => (row as { change_set_id: string }).change_set_id)).size).toBe(1);
  expect((await shop.call('get', `/v1/products/${changed}`)).body).toMatchObject({ name: 'Changed', price: '2.00', version: 2 });
});

test('does nothing where one of all is refused, and names every one that is', async () => {
  await makeProduct(shop, manager, { sku: 'ATOMIC' });
  const before = await rows();
  const { status, body } = await bulk([
    create('FINE'),
    create('atomic'),
    create('X', { price: 'much', unheardOf: 1 }),
    { op: 'delete', id: NOBODYS_ID.replace('0189', '0188') },
  ]);
  expect([status, body.code]).toEqual([422, 'operations_refused']);
  expect(body.operations).toMatchObject([
    { index: 1, problem: { status: 409, code: 'value_taken', errors: [{ pointer: '/operations/1/data/sku', code: 'taken' }] } },
    {
      index: 2,
      problem: {
        status: 422,
        code: 'invalid_body',
        errors: [{ pointer: '/operations/2/data/price' }, { pointer: '/operations/2/data/unheardOf' }],
      },
    },
    { index: 3, problem: { status: 404, code: 'not_found' } },
  ]);
  expect(await rows()).toEqual(before);
});

test('does the rest where each stands for itself', async () => {
  const { body } = await bulk(
    [create('REST-1'), create('rest-1'), { op: 'update', id: NOBODYS_ID.replace('0189', '0188'), data: {} }, create('REST-2')],
    false,
  );
  expect(body.results.map(({ status }: { status: number }) => status)).toEqual([201, 409, 404, 201]);
  expect(await shop.query(`SELECT sku FROM products WHERE sku ILIKE 'rest-%' ORDER BY sku`)).toEqual([
    { sku: 'REST-1' },
    { sku: 'REST-2' },
  ]);
});

test.each([
  ['no operation', [], ['/operations']],
  ['1,001 operations', Array.from({ length: 1_001 }, () => ({ op: 'delete', id: NOBODYS_ID })), ['/operations']],
  [
    'two operations on one object',
    [{ op: 'delete', id: NOBODYS_ID }, create('Y'), { op: 'restore', id: NOBODYS_ID }],
    ['/operations/2/id'],
  ],
  ['an unknown operation', [{ op: 'upsert', id: NOBODYS_ID, data: {} }], ['/operations/0/op']],
  ['data of a deletion', [{ op: 'delete', id: NOBODYS_ID, data: {} }], ['/operations/0/data']],
  [
    'a deletion without an id, a creation with a version or without data',
    [{ op: 'delete' }, { ...create('Z'), version: 1 }, { op: 'create' }],
    ['/operations/0/id', '/operations/1/version', '/operations/2/data'],
  ],
  ['data that is no object', [{ op: 'create', data: 'x' }], ['/operations/0/data']],
  ['operations that are no list', {}, ['/operations']],
])('refuses %s, and writes nothing', async (_case, operations, pointers) => {
  const before = await rows();
  const { status, body } = await bulk(operations, false);
  expect([status, body.code]).toEqual([422, 'invalid_body']);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
  expect(await rows()).toEqual(before);
});

test('names both operations on one object', async () => {
  const { body } = await bulk([create('W'), { op: 'delete', id: NOBODYS_ID }, { op: 'update', id: NOBODYS_ID, data: {} }]);
  expect(body.errors).toEqual([
    {
      pointer: '/operations/2/id',
      code: 'duplicate',
      message: expect.stringContaining('is the object of operation 1, too: merge operations 1 and 2'),
    },
  ]);
});

test('tries a request by a dry run, and does it once by its key', async () => {
  const before = await rows();
  const body = { operations: [create('ONCE-1'), create('ONCE-2')] };
  const send = (headers: Record<string, string>) => shop.call('post', '/v1/products/bulk', { token: manager.token, body, headers });
  const tried = await send({ Prefer: 'dry-run' });
  expect([tried.status, await rows()]).toEqual([200, before]);
  const key = { 'Idempotency-Key': 'bulk-key-0123456789' };
  const [first, second] = [await send(key), await send(key)];
  expect([first.status, second.body]).toEqual([200, first.body]);
  expect(await rows()).toHaveLength(before.length + 2);
});
