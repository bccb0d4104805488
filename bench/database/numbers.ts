/*
 * The shop of the bench is a function of numbers: product n has id, time and SKU of n, so that every contender, the load and
 * pgbench can refer to any row without a query.
 */

export const CUSTOMERS = 64;
export const CATEGORIES = 100;
export const TAGS = 50;
export const FIRST_MOMENT = '2025-01-01T00:00:00Z';

/** Returns SQL for the id of row n of a kind, in the form of a UUID v7. */
export const idSql = (kind: keyof typeof KINDS, n: string) => `('${KINDS[kind]}-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Returns the id of row n of a kind. */
export const idOf = (kind: keyof typeof KINDS, n: number) => `${KINDS[kind]}-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** Returns SQL for the creation time of product n, one second after the one before. */
export const momentSql = (n: string) => `timestamptz '${FIRST_MOMENT}' + ${n} * interval '1 second'`;

/** Returns the creation time of product n, as PostgreSQL reads it. */
export const momentOf = (n: number) => new Date(Date.parse(FIRST_MOMENT) + n * 1000).toISOString();

const KINDS = {
  user: '01900000-0001',
  category: '01900000-0002',
  tag: '01900000-0003',
  product: '01900000-0004',
  image: '01900000-0005',
  link: '01900000-0006',
  session: '01900000-0007',
} as const;
