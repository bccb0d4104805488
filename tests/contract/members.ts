import type { References } from './fixtures';

type Json = Record<string, unknown>;

/* A value that fits what is there, since a generated one would rightly be refused. */
const FITTING: Readonly<Record<string, string>> = {
  role: 'support',
  // Later than now.
  expiresAt: '2999-01-01T00:00:00Z',
  // In all no more than was paid.
  amount: '0.01',
};

/* Without bounds some hundreds are generated; at the bounds of the document it is more than was bought, or fits in stock. */
const COUNTS = ['quantity', 'delta'];

/* The pattern of the document cannot be read; see readable.ts. */
const ADDRESSES = ['url', 'imageUrl', 'avatarUrl'];

/* Must be what the items of the order cost, of which a generated order has any number. */
const LEFT_OUT = 'expectedTotal';

/* Texts of one letter, which the least length asks for, would soon be taken. */
const UNIQUE = ['name', 'slug', 'sku'];

/** Changes, in a body's schema, the members that must fit what is in the shop. */
export function fitMembers(node: unknown, references: References): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties = {} } = node as { readonly properties?: Record<string, Json> };
  const fitting: Readonly<Record<string, string>> = { ...FITTING, ...references, categoryId: references.parentId };
  delete properties[LEFT_OUT];
  for (const [name, schema] of Object.entries(properties)) {
    const value = fitting[name];
    if (value !== undefined) properties[name] = only(value);
    else if (COUNTS.includes(name)) properties[name] = { type: 'integer' };
    else if (ADDRESSES.includes(name)) properties[name] = { type: schema.type, pattern: '^https:[/][/][a-z]{5,20}[.]example$' };
    else if (UNIQUE.includes(name)) delete schema.minLength;
  }
  for (const child of Object.values(node)) fitMembers(child, references);
}

/** The schema of one value. */
export function only(value: string): Json {
  return { type: 'string', enum: [value] };
}
