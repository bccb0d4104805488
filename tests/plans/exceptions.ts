import type { Resource } from '../../src/resource/definition/resource';

const DELETED = 'A rare query of staff who restore objects: indexes leave deleted rows out, which keeps them small.';
const OTHER_ORDER =
  'It filters half the table by one time and sorts by another that correlates with it, which the planner does not know: it reads past the other half. Sorted by the filtered time, a page reads 42 rows.';
const NOTHING_LEFT =
  'It excludes the most common values, so that no row is left. The column has few values, and an index on it would serve no other query.';

const OLDEST =
  'The products in groups are the oldest ones of this shop, and so the ones that changed first: a walk by the last change passes by the others, which the planner does not know.';
const EVERY_MONTH =
  'PostgreSQL merges the months of the log, because the default partition may have rows of any time, so it reads each month up to its first match and a month without one whole.';

/** Returns the reason why no index need serve a question: that of the question itself, or of its filter with any sort. */
export function reasonFor(resource: Resource, question: string): string | undefined {
  const own = EXCEPTIONS[resource.name] ?? {};
  return own[question] ?? own[question.replace(/ sort=-?\w+$/, '')] ?? (isOfTwoTimes(resource, question) ? OTHER_ORDER : undefined);
}

/* An id begins with its time. */
function isOfTwoTimes({ fields, defaultSort }: Resource, question: string): boolean {
  const [, filter = '', sort = defaultSort] = /^(\w+)\[[gl]te?\](?: sort=(-?\w+))?$/.exec(question) ?? [];
  const isTime = (name: string) => name === 'id' || fields[name]?.kind === 'timestamp';
  return filter !== sort.replace('-', '') && isTime(filter) && isTime(sort.replace('-', ''));
}

/** The filters and sorts that no index serves, by resource, each with the reason why it is allowed. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  products: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    'currency[ne]': NOTHING_LEFT,
    'currency[nin]': NOTHING_LEFT,
    'groupId[isnull] sort=updatedAt': OLDEST,
    q: 'A word can be in a sixth of all products. The index on the vector finds the matches, class by class of views, until there are 1,000 to rank; sorted by a field, the first 2,000 rows of its index are read, and all matches where too few are among these (ADR 29).',
  },
  prices: { 'kind[nin]': NOTHING_LEFT, 'currency[nin]': NOTHING_LEFT },
  images: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
  },
  reviews: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  posts: { 'deleted=with': DELETED, 'deleted=only': DELETED, 'status[nin]': NOTHING_LEFT },
  comments: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  users: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  orders: {
    'paymentMethod[nin]': NOTHING_LEFT,
  },
  refunds: { 'status[nin]': NOTHING_LEFT },
  'audit-logs': { 'action[nin]': EVERY_MONTH, 'actorId[in]': EVERY_MONTH },
};
