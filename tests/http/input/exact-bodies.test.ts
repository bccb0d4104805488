import { addressOf } from '../../../src/http/server/listen';
import { signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';
import { exchange } from '../support/raw-client';

const { shop, manager } = useShop({ manager: 'manager' });

afterEach(() => shop.query('DELETE FROM products'));

const product = (attributes: string) =>
  shop.call('post', '/v1/products', {
    token: manager.token,
    body: `{"name": "Tea", "sku": "T-1", "price": "1.00", "attributes": ${attributes}}`,
  });
const count = async () => (await shop.query('SELECT FROM products')).length;

test.each([
  ['{"serial": 9007199254740993}', '/attributes/serial'],
  ['{"size": {"mass": 1e400}}', '/attributes/size/mass'],
  ['{"list": [1, 0.1234567890123456789]}', '/attributes/list/1'],
])('refuses attributes %s, which would change silently, and creates nothing', async (attributes, pointer) => {
  const answer = await product(attributes);
  expect(answer.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer, code: 'inexact_number' }] });
  expect(await count()).toBe(0);
});

test('keeps attributes whose numbers fit, as they were sent', async () => {
  const answer = await product('{"serial": 9007199254740991, "mass": 0.1, "zero": -0, "big": 1e21}');
  expect(answer.status).toBe(201);
  expect(answer.body.attributes).toEqual({ serial: 9007199254740991, mass: 0.1, zero: 0, big: 1e21 });
});

test('names a number that the field refuses anyway once, with the code of the field', async () => {
  const answer = await shop.call('post', '/v1/products', {
    token: manager.token,
    body: '{"name": "Tea", "sku": "T-1", "price": 9007199254740993}',
  });
  expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/price', code: 'wrong_type' })]);
  expect(answer.body.detail).toBe('price must be text in quotes, such as "19.90", so that it keeps its cents');
});

test('refuses a member that is given twice, and creates nothing', async () => {
  const answer = await shop.call('post', '/v1/products', {
    token: manager.token,
    body: '{"name": "Tea", "sku": "T-1", "price": "1.00", "price": "2.00"}',
  });
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/price', code: 'duplicate' }] });
  expect(await count()).toBe(0);
});

describe('bytes that are not UTF-8', () => {
  const send = async (path: string, body: Buffer, token = '') => {
    const answer = await fetch(`${addressOf(shop.server)}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: new Uint8Array(body),
    });
    return (await answer.json()) as { status: number; code: string };
  };

  test('are refused in a body, and nothing is created', async () => {
    const body = Buffer.from('{"name": "Caf\xe9", "sku": "T-1", "price": "1.00"}', 'latin1');
    expect(await send('/v1/products', body, manager.token)).toMatchObject({ status: 400, code: 'malformed_json' });
    expect(await count()).toBe(0);
  });

  test('in a password sign nobody in: two passwords stay two', async () => {
    const person = await signUp(shop, 'customer');
    const logIn = Buffer.from(`{"email": "${person.email}", "password": "na\xefve password"}`, 'latin1');
    expect(await send('/v1/auth/login', logIn)).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  test('are refused in X-Reason, and nothing is created', async () => {
    const { status, body } = await withReason(Buffer.from('Caf\xe9', 'latin1'));
    expect([status, body.errors]).toEqual([400, [{ pointer: 'X-Reason', code: 'malformed', message: 'X-Reason must be UTF-8' }]]);
    expect(await count()).toBe(0);
  });

  test('are not what UTF-8 in X-Reason is: that is kept', async () => {
    const reason = `Café, 500 ü ${'🍵'.repeat(488)}`;
    expect((await withReason(Buffer.from(reason))).status).toBe(201);
    const rows = await shop.query(`SELECT DISTINCT reason FROM audit_logs WHERE table_name = 'products' AND reason <> ''`);
    expect(rows).toEqual([{ reason }]);
  });

  test('a reason of more than 500 characters is refused rather than cut', async () => {
    for (const one of ['x', '🍵']) {
      const { status, body } = await withReason(Buffer.from(one.repeat(501)));
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: 'X-Reason', code: 'too_long' })]]);
    }
    expect(await count()).toBe(0);
  });
});

/* The clients of Node refuse such header values. */
async function withReason(reason: Buffer): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = '{"name": "Tea", "sku": "T-1", "price": "1.00"}';
  const head = [
    'POST /v1/products HTTP/1.1',
    'Host: x',
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `Authorization: Bearer ${manager.token}`,
    'X-Reason: ',
  ].join('\r\n');
  const answer = await exchange(shop.server, Buffer.concat([Buffer.from(head), reason, Buffer.from(`\r\n\r\n${body}`)]));
  return { status: Number(answer.split(' ')[1]), body: JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) };
}
