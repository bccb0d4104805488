import type { Shop } from '../support/shop';
import type { Person } from './people';

/** A product of a group in a response. */
export interface Variant {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly optionValues: Readonly<Record<string, string>>;
}

/** A group in a response, with its products. */
export interface Group {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly products: readonly Variant[];
}

/** The options of the groups that tests make. */
export const AXES = [
  { name: 'Size', values: ['S', 'M', 'L'] },
  { name: 'Colour', values: ['red', 'blue'] },
] as const;

let variants = 0;

/** Returns the values of a new active product of a group, with a SKU of its own. */
export function variant(size: unknown, colour: unknown, values: object = {}) {
  variants += 1;
  return { sku: `SHIRT-${variants}`, price: '19.00', status: 'active', optionValues: { Size: size, Colour: colour }, ...values };
}

/** Creates a group with products as the manager, and returns it with them. */
export async function makeGroup(shop: Shop, manager: Person, products: readonly object[] = [], values: object = {}): Promise<Group> {
  const body = { name: 'T-shirt', options: AXES, products, ...values };
  const made = await shop.call('post', '/v1/product-groups', { token: manager.token, body });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body as Group;
}
