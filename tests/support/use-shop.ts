import type { RoleName } from '../../src/accounts/roles/built-in-roles';
import { type Person, signUp } from '../factories/people';
import { type Shop, startShop } from './shop';

/** A shop and the people of a test file, by the names that the file gives them. */
export type ShopWith<Name extends string> = { readonly shop: Shop } & Readonly<Record<Name, Person>>;

/**
 * Starts a shop before the first test of a file, signs in one person per name with the role given, and closes it after the last test:
 * `const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' })`.
 */
export function useShop<Name extends string = never>(
  roles?: Readonly<Record<Name, RoleName>>,
  settings: Readonly<Record<string, string>> = {},
): ShopWith<Name> {
  /* Objects that are filled later: a file destructures them before its hooks run. */
  const shop = {} as Shop;
  const people = new Map(Object.entries<RoleName>(roles ?? {}).map(([name, role]) => [name, { role, person: {} }]));
  beforeAll(async () => {
    Object.assign(shop, await startShop(settings));
    // What the driver asks on the first connection of a pool is no statement of a test.
    await shop.sequelize.authenticate();
    for (const { role, person } of people.values()) Object.assign(person, await signUp(shop, role));
  });
  afterAll(() => shop.close());
  return Object.assign({ shop }, Object.fromEntries([...people].map(([name, { person }]) => [name, person]))) as ShopWith<Name>;
}
