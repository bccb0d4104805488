import { createHash } from 'node:crypto';

/** The kinds of seeded rows. The code of a kind stands in the third group of the id, after the version digit and the source. */
const kinds = {
  role: '01',
  permission: '02',
  user: '03',
  profile: '04',
  userRole: '05',
  category: '06',
  product: '07',
  image: '08',
  tag: '09',
  productTag: '0a',
  order: '0b',
  orderItem: '0c',
  stockMovement: '0d',
} as const;

/** The sources of seeded rows. */
const sources = { reference: '0', northwind: '1', dummyjson: '2' } as const;

export type SeedKind = keyof typeof kinds;
export type SeedSource = keyof typeof sources;

/**
 * Returns a UUIDv7 (RFC 9562) that is the same on every machine and that people can read: the row's date, its kind, and its number in
 * decimal digits. Northwind's order 10248 is `00c2bf9d-1c00-710b-8000-000000010248`.
 */
export function seedId(source: SeedSource, kind: SeedKind, number: number, at: Date): string {
  return compose(source, kind, number.toString().padStart(12, '0'), at);
}

/** Returns the same for a row with a name instead of a number: the first 12 hexadecimal digits of the name's SHA-256. */
export function namedSeedId(source: SeedSource, kind: SeedKind, name: string, at: Date): string {
  return compose(source, kind, createHash('sha256').update(name).digest('hex').slice(0, 12), at);
}

function compose(source: SeedSource, kind: SeedKind, node: string, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sources[source]}${kinds[kind]}-8000-${node}`;
}
