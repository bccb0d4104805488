import { cleanUp } from '../../../src/accounts/attempts/attempt.statement';
import { PASSWORD, type Person, signUp } from '../../factories/people';
import { useShop } from '../../support/use-shop';

/* Behind a proxy, so that a test chooses the address of each client. */
const { shop } = useShop({}, { TRUST_PROXY: '1' });

const WRONG = 'not the password';

const logIn = (email: string, password: string, address: string) =>
  shop.call('post', '/v1/auth/login', { body: { email, password }, headers: { 'X-Forwarded-For': address } });
const stranger = (n: number) => `203.0.113.${n}`;
const HOME = '198.51.100.1';

/** A customer who has signed in from home. */
async function customer(): Promise<Person> {
  const person = await signUp(shop);
  expect((await logIn(person.email, PASSWORD, HOME)).status).toBe(200);
  return person;
}

/** Ends the waits that run now, and keeps the counts. */
const wait = (sources = 'true') => shop.query(`UPDATE login_sources SET free_at = clock_timestamp() WHERE ${sources}`);
/** Makes the waits that run now last, however slow the machine is. */
const prolong = () =>
  shop.query("UPDATE login_sources SET free_at = free_at + interval '10 minutes' WHERE free_at > updated_at + interval '0.5 s'");
/** The waits in seconds that the last attempts on any account set, for all unknown addresses together. */
const waits = async () =>
  (
    await shop.query<{ seconds: number }>(
      "SELECT round(extract(epoch FROM free_at - updated_at))::int AS seconds FROM login_sources WHERE source_key = '' ORDER BY updated_at",
    )
  ).map(({ seconds }) => seconds);

async function guess(email: string, times: number, address = stranger): Promise<void> {
  for (let n = 1; n <= times; n += 1) expect((await logIn(email, WRONG, address(n))).body.code).toBe('invalid_credentials');
}

test('makes guesses on an account wait longer each time, from however many addresses, and a right one wait, too', async () => {
  const { email } = await customer();
  await guess(email, 5);
  for (const seconds of [1, 2, 4, 8]) {
    expect((await waits()).at(-1)).toBe(seconds);
    await prolong();
    for (const password of [WRONG, PASSWORD]) {
      const refused = await logIn(email, password, stranger(200));
      expect(refused.body).toMatchObject({ status: 429, code: 'too_many_attempts' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(seconds);
    }
    await wait("source_key = ''");
    expect((await logIn(email, WRONG, stranger(201))).status).toBe(401);
  }
  await shop.query("UPDATE login_sources SET failures = 1000, free_at = now() WHERE source_key = ''");
  expect((await logIn(email, WRONG, stranger(7))).status).toBe(401);
  expect((await waits()).at(-1)).toBe(900);
});

test('treats an email that no account has just the same', async () => {
  const { email } = await customer();
  const [known, unknown] = [[], []] as [unknown[], unknown[]];
  for (const [tried, responses] of [
    [email, known],
    ['nobody@example.com', unknown],
  ] as const) {
    for (let n = 1; n <= 7; n += 1) {
      const { status, body } = await logIn(tried, WRONG, stranger(n));
      responses.push([status, body.code, String(body.detail).replace(/\d+ s/, 'n s')]);
      await prolong();
    }
  }
  expect(unknown).toEqual(known);
  expect(known).toHaveLength(7);
});

test('counts fifty guesses at once apart', async () => {
  const { email } = await customer();
  const responses = await Promise.all(Array.from({ length: 50 }, (_, n) => logIn(email, WRONG, stranger(n + 1))));
  const compared = responses.filter(({ status }) => status === 401).length;
  expect(responses.filter(({ status }) => status === 429)).toHaveLength(50 - compared);
  // Five, and one more for each wait of 1, 2 and 4 seconds that ends meanwhile on a slow machine.
  expect([5, 6, 7, 8]).toContain(compared);
  const [counted] = await shop.query("SELECT failures FROM login_sources WHERE source_key = '' ORDER BY updated_at DESC LIMIT 1");
  expect(counted).toEqual({ failures: compared });
});

test('lets the owner in from an address that is known, however much strangers guess, and counts its failures apart', async () => {
  const { email } = await customer();
  await guess(email, 5);
  await prolong();
  expect((await logIn(email, PASSWORD, stranger(1))).status).toBe(429);
  await guess(email, 9, () => HOME);
  expect((await logIn(email, PASSWORD, HOME)).status).toBe(200);
  await guess(email, 10, () => HOME);
  await prolong();
  expect((await logIn(email, PASSWORD, HOME)).body.code).toBe('too_many_attempts');
  await wait();
  expect((await logIn(email, PASSWORD, HOME)).status).toBe(200);
});

test('an address that the account signed in from becomes a known one', async () => {
  const { email } = await customer();
  const hotel = '192.0.2.9';
  expect((await logIn(email, PASSWORD, hotel)).status).toBe(200);
  await guess(email, 5);
  await prolong();
  expect((await logIn(email, PASSWORD, hotel)).status).toBe(200);
  // Another address of the same household.
  expect((await logIn(email, PASSWORD, '2001:db8:aaaa:bb01::1')).status).toBe(429);
  await wait();
  expect((await logIn(email, PASSWORD, '2001:db8:aaaa:bb02::2')).status).toBe(200);
  expect((await logIn(email, PASSWORD, '2001:db8:aaaa:bb03::3')).status).toBe(200);
});

test('gives a new address an attempt after the longest wait, though strangers take every turn meanwhile', async () => {
  const { email } = await customer();
  await guess(email, 5);
  await prolong();
  const travelling = '192.0.2.77';
  expect((await logIn(email, PASSWORD, travelling)).status).toBe(429);
  await wait("source_key = ''");
  expect((await logIn(email, WRONG, stranger(9))).status).toBe(401);
  await prolong();
  expect((await logIn(email, PASSWORD, travelling)).status).toBe(429);
  await shop.query(`UPDATE login_sources SET free_at = free_at - interval '1 day' WHERE source_key <> ''`);
  expect((await logIn(email, PASSWORD, stranger(10))).status).toBe(429);
  expect((await logIn(email, PASSWORD, travelling)).status).toBe(200);
});

test('forgets failures after a day, and removes what no longer counts', async () => {
  const { email } = await customer();
  await guess(email, 5);
  await shop.query(
    `UPDATE login_sources SET free_at = free_at - interval '25 hours', forget_at = forget_at - interval '25 hours',
      known_until = known_until - interval '25 hours'`,
  );
  await guess(email, 4, () => stranger(99));
  expect(await shop.query('SELECT FROM login_sources WHERE forget_at < now()')).toEqual([]);
});

test('keeps an address that is known as long as it is, whatever fails there, and finds what to forget by an index', async () => {
  const { email } = await customer();
  await guess(email, 1, () => HOME);
  const kept = 'SELECT count(*)::int AS count FROM login_sources WHERE known_until IS NOT NULL AND forget_at = known_until';
  const known = 'SELECT count(*)::int AS count FROM login_sources WHERE known_until IS NOT NULL';
  expect(await shop.query(kept)).toEqual(await shop.query(known));
  await shop.query(
    `INSERT INTO login_sources (id, account_key, source_key, known_until, forget_at)
     SELECT uuid_v7(), 'account ' || n, 'source', until, until
     FROM generate_series(1, 5000) n, LATERAL (SELECT now() + make_interval(days => CASE WHEN n <= 15 THEN -1 ELSE 80 END) AS until) u`,
  );
  await shop.query('ANALYZE login_sources');
  expect(JSON.stringify(await shop.query(`EXPLAIN (FORMAT JSON) ${cleanUp().text}`))).toContain('login_sources_forget_at_idx');
  await guess(email, 1, () => HOME);
  expect(await shop.query("SELECT count(*)::int AS count FROM login_sources WHERE account_key LIKE 'account %'")).toEqual([
    { count: 4985 },
  ]);
});

test('keeps the newest twenty addresses of an account', async () => {
  const { email } = await customer();
  for (let n = 1; n <= 25; n += 1) expect((await logIn(email, PASSWORD, stranger(n))).status).toBe(200);
  const [{ most } = { most: 0 }] = await shop.query<{ most: number }>(
    'SELECT max(count)::int AS most FROM (SELECT count(*) FROM login_sources WHERE known_until IS NOT NULL GROUP BY account_key) c',
  );
  expect(most).toBe(20);
});

test('logs a wrong password as a warning with the id of the account, and never the email, the password or an unknown email', async () => {
  const { id, email } = await customer();
  const warn = jest.spyOn(shop.log, 'warn');
  await logIn(email, 'my other password', stranger(1));
  await logIn('nobody2@example.com', 'my other password', stranger(1));
  expect(warn.mock.calls).toEqual([['sign-in failed', { requestId: expect.any(String), account: id, attempts: 1 }]]);
  warn.mockRestore();
});

test('stores neither emails nor addresses in clear', async () => {
  const { email } = await customer();
  await guess(email, 1);
  const stored = JSON.stringify(await shop.query('SELECT * FROM login_sources'));
  for (const text of [email, HOME, stranger(1)]) expect(stored).not.toContain(text);
});
