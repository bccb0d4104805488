import { ensureAdministrator, resetAdministrator } from '../../../src/accounts';
import { administratorNotice } from '../../../src/startup/greeting';
import { PASSWORD, signUp } from '../../factories/people';
import { runNode } from '../../support/run-node';
import { type Shop, startShop } from '../../support/shop';

/* The command is a process of its own, which compiles the sources first. */
jest.setTimeout(90_000);

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});
afterEach(() => shop.close());

const logInWith = (email: string, password: string) => shop.call('post', '/v1/auth/login', { body: { email, password } });
const command = (...args: string[]) =>
  runNode(['--require', 'tsx/cjs', 'src/startup/commands/admin-command.ts', ...args], {
    DATABASE_URL: shop.env.DATABASE_URL,
    MIGRATION_DATABASE_URL: shop.env.MIGRATION_DATABASE_URL,
  });

async function permissionsOf(email: string, password: string): Promise<unknown> {
  const { body } = await logInWith(email, password);
  return (await shop.call('get', '/v1/me', { token: String(body.accessToken) })).body.permissions;
}

test('creates one administrator when several processes start at once', async () => {
  const wanted = { email: 'first@example.com', password: PASSWORD };
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => ensureAdministrator(shop, wanted)));
  expect(outcomes.filter((outcome) => outcome !== null)).toEqual([{ outcome: 'created', email: 'first@example.com' }]);
  expect(await permissionsOf('first@example.com', PASSWORD)).toEqual(['*:*']);
});

test('does not make a customer an administrator because ADMIN_EMAIL is theirs, and says what to do', async () => {
  const { email } = await signUp(shop);
  const outcome = await ensureAdministrator(shop, { email: email.toUpperCase() });
  expect(outcome && administratorNotice(outcome)).toContain(`npm run admin:reset -- ${email.toUpperCase()}`);
  expect(await permissionsOf(email, PASSWORD)).toEqual([]);
});

test('creates an administrator where the only one has a role that expires', async () => {
  const { id } = await signUp(shop, 'admin');
  await shop.query("UPDATE user_roles SET expires_at = now() + interval '1 hour' WHERE user_id = $1::uuid", [id]);
  expect(await ensureAdministrator(shop, { email: 'first@example.com' })).toMatchObject({ outcome: 'created' });
});

test('a reset restores an administrator without account, role or permissions, and ends their sessions', async () => {
  const person = await signUp(shop, 'admin');
  await shop.query('UPDATE users SET is_active = false WHERE id = $1::uuid', [person.id]);
  await shop.query('UPDATE user_roles SET is_active = false');
  await shop.query('DELETE FROM permissions');
  const { isNew, password } = await resetAdministrator(shop, person.email.toUpperCase());
  expect(isNew).toBe(false);
  expect(await permissionsOf(person.email, password)).toEqual(['*:*']);
  expect((await logInWith(person.email, PASSWORD)).status).toBe(401);
  expect((await shop.call('post', '/v1/auth/refresh', { body: { refreshToken: person.refreshToken } })).status).toBe(401);
  const recorded = await shop.query("SELECT FROM audit_logs WHERE actor = 'system:admin-reset' AND table_name = 'users'");
  expect(recorded).toHaveLength(1);
});

test('the reset command creates an administrator and prints the password', async () => {
  const { code, output } = await command('owner@example.com');
  expect(code).toBe(0);
  const password = /with the password (\S+)/.exec(output)?.[1] ?? '';
  expect(await permissionsOf('owner@example.com', password)).toEqual(['*:*']);
});

test('the reset command refuses a missing or invalid email, and creates nobody', async () => {
  const before = await shop.query('SELECT id FROM users');
  expect(await command()).toEqual({ code: 1, output: 'The email is missing: npm run admin:reset -- <email>\n' });
  expect(await command('nobody')).toEqual({ code: 1, output: '"nobody" is not an email address.\n' });
  expect(await shop.query('SELECT id FROM users')).toEqual(before);
});
