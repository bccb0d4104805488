import { openClient } from '../../src/database/connection/open-client';
import { explainError } from '../../src/logging/explain-error';

const OWNERS = 'postgres://shop_owner:password@127.0.0.1:1/shop';
const APPLICATIONS = 'postgres://shop_app:password@127.0.0.1:1/shop';

/* An error of Node's own is no Error of the test's realm. */
async function explained(url: string): Promise<string> {
  const opening = openClient(url).then(() => ({}));
  const { code, login }: { code?: string; login?: string } = await opening.catch((error: { code?: string; login?: string }) => error);
  return explainError(Object.assign(new Error(), { code, login }));
}

beforeEach(() => {
  process.env.MIGRATION_DATABASE_URL = OWNERS;
});
afterEach(() => {
  delete process.env.MIGRATION_DATABASE_URL;
});

test('names the setting whose connection failed', async () => {
  expect(await explained(OWNERS)).toBe('The server of MIGRATION_DATABASE_URL refuses the connection. Is PostgreSQL running there?');
  expect(await explained(APPLICATIONS)).toBe('The server of DATABASE_URL refuses the connection. Is PostgreSQL running there?');
});

test('names DATABASE_URL where it is the owner’s, too', async () => {
  process.env.MIGRATION_DATABASE_URL = '';
  expect(await explained(OWNERS)).toBe('The server of DATABASE_URL refuses the connection. Is PostgreSQL running there?');
});
