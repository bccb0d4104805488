import type { RoleName } from '../../src/accounts/roles/built-in-roles';
import { plant } from '../support/privacy/planted-values';
import type { Shop } from '../support/shop';

/** A user who is signed in. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
}

export const PASSWORD = plant('correct horse battery');

let people = 0;

/** Registers a customer, gives them the role and signs them in. */
export async function signUp(shop: Shop, role: RoleName = 'customer'): Promise<Person> {
  people += 1;
  const email = plant(`person${people}@example.com`);
  const registered = await shop.call('post', '/v1/auth/register', {
    body: { email, username: `person${people}`, password: PASSWORD, firstName: 'Test', lastName: 'Person' },
  });
  const id = String(registered.body.id);
  if (role !== 'customer') {
    await shop.query(
      'INSERT INTO user_roles (id, user_id, role_id) SELECT uuid_v7(), $1::uuid, id FROM roles WHERE name = $2 AND deleted_at IS NULL',
      [id, role],
    );
  }
  return { id, email, ...(await logIn(shop, email)) };
}

/** Logs in with the password of every person, and returns the tokens. */
export async function logIn(shop: Shop, email: string): Promise<{ token: string; refreshToken: string }> {
  const { body } = await shop.call('post', '/v1/auth/login', { body: { email, password: PASSWORD } });
  return { token: plant(String(body.accessToken)), refreshToken: plant(String(body.refreshToken)) };
}
