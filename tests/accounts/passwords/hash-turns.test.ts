import argon2 = require('@node-rs/argon2');

import { MOST_HASHES, MOST_WAITING } from '../../../src/accounts/passwords/hash-turns';
import { isPassword } from '../../../src/accounts/passwords/password-hash';
import type { Ctx } from '../../../src/context/context';
import { addressOf } from '../../../src/http/server/listen';
import { logIn, PASSWORD, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const verify = jest.spyOn(argon2, 'verify');

const { shop } = useShop({}, { DB_POOL_ACQUIRE_TIMEOUT_MS: '1500' });

const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$Y29tcHV0ZWQ';
const context = (signal?: AbortSignal) => ({ sequelize: shop.sequelize, ...(signal && { hangUpSignal: () => signal }) }) as Ctx;
const compare = (signal?: AbortSignal) =>
  isPassword(context(signal), 'a', HASH).then(
    () => 'compared',
    ({ type }) => type.code,
  );
const failures = async () =>
  (await shop.query<{ failures: number }>('SELECT failures FROM login_sources ORDER BY updated_at DESC'))[0]?.failures;

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

/* Takes every turn with comparisons that last until the work is done. */
async function whileHashing(work: () => Promise<void>): Promise<void> {
  let finish = () => {};
  const finished = new Promise<boolean>((resolve) => {
    finish = () => resolve(true);
  });
  const mock = verify.mockClear();
  for (let n = 0; n < MOST_HASHES; n += 1) mock.mockReturnValueOnce(finished);
  const running = Array.from({ length: MOST_HASHES }, () => compare());
  await until(() => mock.mock.calls.length === MOST_HASHES);
  try {
    await work();
  } finally {
    finish();
    expect(new Set(await Promise.all(running))).toEqual(new Set(['compared']));
  }
}

test('compares no more passwords at once than it has cores and half of its threads, and refuses those that wait too long', async () => {
  await whileHashing(async () => {
    expect(await Promise.all(Array.from({ length: 5 }, () => compare()))).toEqual(Array(5).fill('busy'));
    expect(verify).toHaveBeenCalledTimes(MOST_HASHES);
  });
});

test('refuses at once what would wait behind too many others', async () => {
  await whileHashing(async () => {
    const signals = Array.from({ length: MOST_WAITING }, () => new AbortController());
    const waiting = signals.map(({ signal }) => compare(signal));
    expect(await Promise.race([compare(), ...waiting])).toBe('busy');
    for (const controller of signals) controller.abort();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['unavailable']));
  });
  expect(verify).toHaveBeenCalledTimes(MOST_HASHES);
});

test('a log-in and a password change that wait too long are 503s, and count as no attempt', async () => {
  const person = await signUp(shop);
  const logInCall = { body: { email: person.email, password: PASSWORD } };
  const change = { token: person.token, body: { currentPassword: PASSWORD, newPassword: 'a quite different phrase' } };
  await whileHashing(async () => {
    const refused = [await shop.call('post', '/v1/auth/login', logInCall), await shop.call('put', '/v1/me/password', change)];
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ status: 503, code: 'busy' });
      expect(headers['retry-after']).toBe('1');
    }
  });
  expect(await shop.query('SELECT FROM login_sources WHERE failures > 0 OR free_at > clock_timestamp()')).toEqual([]);
  expect((await logIn(shop, person.email)).token).not.toBe('undefined');
});

test('compares no password of a client that hung up while it waited, and counts no attempt', async () => {
  await signUp(shop);
  await whileHashing(async () => {
    const client = new AbortController();
    const call = fetch(`${addressOf(shop.server)}/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'leaver@example.com', password: PASSWORD }),
      signal: client.signal,
    });
    await until(async () => (await failures()) === 1);
    client.abort();
    await expect(call).rejects.toThrow();
    await until(async () => (await failures()) === 0);
  });
  expect(verify).toHaveBeenCalledTimes(MOST_HASHES);
});
