import type { References } from './fixtures';

type Json = Record<string, unknown>;

/* Fixed values, where generated ones would rightly be refused. */
const FITTING: Readonly<Record<string, string>> = {
  role: 'support',
  // In the future.
  expiresAt: '2999-01-01T00:00:00Z',
  // So small that the sum of all refunds stays below the total.
  amount: '0.01',
  // A price has the decimals of its currency, which is one in use.
  price: '4.95',
  currency: 'USD',
  commentableType: 'Product',
};

/* Without bounds Specmatic generates some hundreds. The bounds of the document exceed the quantities ordered and in stock. */
const COUNTS = ['quantity', 'delta'];

/* Specmatic cannot read the pattern of the document; see readable.ts. */
const ADDRESSES = ['url', 'imageUrl', 'avatarUrl'];

/*
 * The sum of the items, which are random in a generated order; a number with a check digit; countries and languages; a precondition;
 * references of which an object has one or the other; the stock, which a replacement keeps; a period that begins as it ends; what a shop has to offer for an order.
 */
const LEFT_OUT = [
  'expectedTotal',
  'gtin',
  'productSafety',
  'version',
  'groupId',
  'mediaId',
  'stockQuantity',
  'products',
  'validTo',
  'shippingMethod',
  'discountCode',
  'shippingAddress',
  'billingAddress',
  'userId',
];

/* Texts of the minimum length, one letter, would soon be taken. */
const UNIQUE = ['name', 'sku'];

/** Changes the members of a body's schema that must match the objects of the shop. */
export function fitMembers(node: unknown, references: References): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties = {} } = node as { readonly properties?: Record<string, Json> };
  const fitting: Readonly<Record<string, string>> = {
    ...FITTING,
    ...references,
    categoryId: references.parentId,
    commentableId: references.productId,
  };
  for (const name of LEFT_OUT) delete properties[name];
  // Specmatic generates no address where null is allowed, too.
  if (Array.isArray(properties.email?.type)) delete properties.email;
  // A line of an order names its product by one of the two.
  if ('productId' in properties) delete properties.sku;
  for (const [name, schema] of Object.entries(properties)) {
    const value = fitting[name];
    if (value !== undefined) properties[name] = only(value);
    else if (COUNTS.includes(name)) properties[name] = { type: 'integer' };
    else if (ADDRESSES.includes(name)) properties[name] = { type: schema.type, pattern: '^https:[/][/][a-z]{5,20}[.]example$' };
    else if (name === 'slug') properties[name] = { type: schema.type, pattern: '^[a-z]{12}$' };
    else if (UNIQUE.includes(name)) delete schema.minLength;
  }
  for (const child of Object.values(node)) fitMembers(child, references);
}

/** Returns the schema of one value. */
export function only(value: string): Json {
  return { type: 'string', enum: [value] };
}
