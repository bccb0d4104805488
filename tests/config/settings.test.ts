import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvError, loadEnv } from '../../config/env';
import { PROJECT_FOLDER } from '../../config/project';
import { envExample, settingsTable } from '../../scripts/settings-docs';

const file = (name: string) => readFileSync(join(PROJECT_FOLDER, name), 'utf8');

test('.env.example and docs/settings.md list every setting (npm run docs:settings writes them)', () => {
  expect(file('.env.example')).toBe(envExample());
  expect(file('docs/settings.md')).toContain(`<!-- settings -->\n${settingsTable()}\n<!-- /settings -->`);
});

test('the README names every script that people run', () => {
  const { scripts } = JSON.parse(file('package.json')) as { scripts: Record<string, string> };
  const named = new Set([...file('README.md').matchAll(/`(?:npm run |npm )?([a-z:-]+)[^`]*`/g)].map(([, name]) => name));
  expect(Object.keys(scripts).filter((name) => name !== 'prepare' && !named.has(name))).toEqual([]);
});

test('production names every missing or invalid setting at once, without the value of a secret', () => {
  const read = () => loadEnv({ NODE_ENV: 'production', PORT: '99999', JWT_SECRET: 'too short a secret', DATABASE_URL: '' });
  expect(read).toThrow(EnvError);
  expect(read).toThrow(/DATABASE_URL must be set in production/);
  let message = '';
  try {
    read();
  } catch (error) {
    message = (error as Error).message;
  }
  for (const name of ['PORT', 'JWT_SECRET', 'DATABASE_URL']) expect(message).toContain(name);
  expect(message).not.toContain('too short a secret');
});

test('settings are frozen, and an empty value counts as not set', () => {
  const env = loadEnv({ PORT: '', RATE_LIMIT: 'off' });
  expect(env).toMatchObject({ PORT: 3000, RATE_LIMIT: 'off', DATABASE_URL: '' });
  expect(Object.isFrozen(env)).toBe(true);
});

test.each(['p%ss', '100%', '%zz', '%ff'])('refuses a DATABASE_URL with the password %s, and says how to write it', (password) => {
  const read = () => loadEnv({ DATABASE_URL: `postgres://shop:${password}@127.0.0.1/shop` });
  expect(read).toThrow('DATABASE_URL has a % that begins no percent-encoding of UTF-8: write % as %25');
  expect(read).not.toThrow(`:${password}@`);
});

const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: 'postgres://127.0.0.1/shop', JWT_SECRET: 'mX2v9QpLr7sT4wYzB8nK3dFhJ6gC1aEo' };

test.each([
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'change-me-change-me-change-me-change-me',
  'my-very-own-secret-for-the-shop-of-2026',
  'My Very Own Secret For The Shop Of 2026',
  'MY_VERY_OWN_SECRET_FOR_THE_SHOP_OF_2026',
  '0123456789012345678901234567890123456789',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmn',
])('production refuses the signing key %s', (JWT_SECRET) => {
  expect(() => loadEnv({ ...PRODUCTION, JWT_SECRET })).toThrow('JWT_SECRET is no random key: use the output of `openssl rand -base64 48`');
  expect(() => loadEnv({ NODE_ENV: 'test', JWT_SECRET })).not.toThrow();
});

test('production takes generated keys of every length and alphabet', () => {
  for (let count = 0; count < 500; count += 1) {
    const keys = [
      randomBytes(48).toString('base64'),
      randomBytes(24).toString('base64url'),
      randomUUID(),
      `${randomUUID()}${randomUUID()}`,
    ];
    keys.push(...[16, 24, 32].map((bytes) => randomBytes(bytes).toString('hex')));
    for (const JWT_SECRET of keys) expect(() => loadEnv({ ...PRODUCTION, JWT_SECRET })).not.toThrow();
  }
});

/* What is random has a word or few different digits now and then. */
test.each([
  'mX2v9QqwertLr7sT4wYzB8nK3dFhJ6gC1aEo',
  'q0vSecretLr7sT4wYzB8nK3dFhJ6gC1aEo+/',
  '01201340152340251304152031405213',
  '3a3b0c0d3a0b3c0d3a3d0b0c3a0d3b3c0123456789ab',
])('production takes the key %s, which may come out of a generator', (JWT_SECRET) => {
  expect(() => loadEnv({ ...PRODUCTION, JWT_SECRET })).not.toThrow();
});

test('production loads no demo data unless it is asked to', () => {
  expect(loadEnv(PRODUCTION).DEMO_DATA).toBe(false);
  expect(loadEnv({ ...PRODUCTION, DEMO_DATA: 'true' }).DEMO_DATA).toBe(true);
  expect(loadEnv({}).DEMO_DATA).toBe(true);
});
