import type Joi from 'joi';
import type { Values } from '../../../resource/definition/resource';
import { creationSchema, objectSchema } from '../../../resource/definition/schemas';
import { named, optional, type Schema, text } from '../../../schema/schema';
import { carts } from '../cart.resource';
import type { GivenItem } from '../items/cart-item.schemas';
import { itemsSchema } from '../items/cart-item.schemas';

/** A new cart, and the products that it begins with. */
export interface NewCart extends Values {
  readonly items?: readonly GivenItem[];
}

/** Returns the schema of a new cart. */
export function newCartSchema(): Schema<NewCart> {
  const members = creationSchema(carts) as unknown as Joi.ObjectSchema;
  return named('NewCartWithItems', members.keys({ items: optional(itemsSchema(0)) })) as unknown as Schema<NewCart>;
}

/** Returns the schema of a cart that was just made, with the token of a guest. */
export function createdCartSchema(): Schema {
  const token = text(43, 43).description('What a guest comes back with, as X-Guest-Token; shown this once. Users have none.');
  return named('CreatedCart', objectSchema(carts).keys({ token: optional(token.example('q7Jx2c0m9cX0sB9b6n8Jc1m4W0a3F5r7T9v1x3z5B7d')) }));
}
