import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvError, loadEnv } from '../../config/env';
import { PROJECT_FOLDER } from '../../config/project';
import { envExample, settingsTable } from '../../scripts/settings-docs';

const file = (name: string) => readFileSync(join(PROJECT_FOLDER, name), 'utf8');

test('.env.example and the README list every setting (npm run docs:settings writes them)', () => {
  expect(file('.env.example')).toBe(envExample());
  expect(file('README.md')).toContain(`<!-- settings -->\n${settingsTable()}\n<!-- /settings -->`);
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
