import type { Resource } from '../../src/resource/definition/resource';
import type { List } from './lists-of-api';

const DELETED = 'A rare query of staff who restore objects: indexes leave deleted rows out, which keeps them small.';
const OTHER_ORDER =
  'It filters half the table by one time and sorts by another that correlates with it, which the planner does not know: it reads past the other half. Sorted by the filtered time, a page reads 42 rows.';
const NOTHING_LEFT =
  'It excludes the most common values, so that hardly a row is left. The column has few values, and an index on it would serve no other query.';

const OLDEST =
  'The products in groups are the oldest ones of this shop, and so the ones that changed first: a walk by the last change passes by the others, which the planner does not know.';
const EVERY_MONTH =
  'PostgreSQL merges the months of the log, because the default partition may have rows of any time, so it reads each month up to its first match and a month without one whole.';
const OPEN =
  'What is open is the newest part of all, which the planner does not know: in an order from the oldest on it reads past what is done. By default, and sorted by the time that the index on the status has, a page reads its own rows.';
const END_OF_ALL =
  'The first or last thousandth is less than the statistics tell apart: the planner takes its 200 reviews for twice as many, and tries an eighth of all, in the order of the list.';
const SAME_BEGINNING =
  'Names of one beginning stand together in the order of names, which the planner does not know: it walks from the first name up to them. In any other order the index of their trigrams finds them.';
const LAST_PLACE =
  'For a position within the last place the planner expects no further row, by the first column of the order alone, and so walks the images of this place.';
const PLACE_BY_TIME =
  'Images of one place stand by their id, and so from the oldest to the newest, which the planner does not know: it walks the first places up to the newest.';
const MOST_REVIEWED =
  'Of the product with the most reviews, 4,000, one in fifty is meant. To walk a quarter of all reviews in the order of the list takes fewer pages than to fetch the 4,000.';
const OTHER_OWNER = 'The path names an owner and the filter excludes it, so that no row is left.';

/** Returns the reason why no index need serve a question of a list: that of the question itself, or of its filter with any sort. */
export function reasonFor({ resource, path }: List, question: string): string | undefined {
  const own = EXCEPTIONS[resource.name] ?? {};
  const rule = (isOfTwoTimes(resource, question) && OTHER_ORDER) || (excludesOwner(path, question) && OTHER_OWNER) || undefined;
  return own[question] ?? own[question.replace(/ sort=-?\w+$/, '')] ?? rule;
}

/* `productId[ne]` of `/v1/products/{id}/reviews`. */
function excludesOwner(path: string, question: string): boolean {
  const [, owner] = /(\w+)s\/\{id\}/.exec(path) ?? [];
  return owner !== undefined && new RegExp(`^${owner}Id\\[n(e|in)\\]`).test(question);
}

/* An id begins with its time, and an order number with its day. */
function isOfTwoTimes({ fields, defaultSort }: Resource, question: string): boolean {
  const [, filter = '', sort = defaultSort] = /^(\w+)\[[gl]te?\](?: sort=(-?\w+))?$/.exec(question) ?? [];
  const isTime = (name: string) => name === 'id' || name === 'orderNumber' || fields[name]?.kind === 'timestamp';
  return filter !== sort.replace('-', '') && isTime(filter) && isTime(sort.replace('-', ''));
}

function sorted(filters: readonly string[], sorts: readonly string[], reason: string): Record<string, string> {
  return Object.fromEntries(filters.flatMap((filter) => sorts.map((sort) => [`${filter} sort=${sort}`, reason])));
}

/** The filters and sorts that no index serves, by resource, each with the reason why it is allowed. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  products: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    'currency[ne]': NOTHING_LEFT,
    'currency[nin]': NOTHING_LEFT,
    'groupId[isnull] sort=updatedAt': OLDEST,
    ...sorted(['name[contains]', 'name[startswith]'], ['name'], SAME_BEGINNING),
    q: 'A word can be in a sixth of all products. The index on the vector finds the matches, class by class of views, until there are 1,000 to rank; sorted by a field, the first 2,000 rows of its index are read, and all matches where too few are among these (ADR 29).',
  },
  'product-groups': { 'deleted=with': DELETED, 'deleted=only': DELETED },
  prices: { 'kind[nin]': NOTHING_LEFT, 'currency[nin]': NOTHING_LEFT },
  images: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    'sort=-displayOrder at depth': LAST_PLACE,
    'createdAt[gt]': PLACE_BY_TIME,
    'createdAt[gte]': PLACE_BY_TIME,
    'updatedAt[gt]': PLACE_BY_TIME,
    'updatedAt[gte]': PLACE_BY_TIME,
  },
  reviews: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    ...sorted(['status[ne]'], ['id', 'rating', 'updatedAt'], MOST_REVIEWED),
    ...sorted(['updatedAt[lt]', 'updatedAt[lte]', 'updatedAt[gt]', 'updatedAt[gte]'], ['rating'], END_OF_ALL),
  },
  posts: { 'deleted=with': DELETED, 'deleted=only': DELETED, 'status[nin]': NOTHING_LEFT },
  comments: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  users: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  orders: {
    'paymentMethod[nin]': NOTHING_LEFT,
    ...sorted(['status'], ['id', 'orderNumber', 'updatedAt'], OPEN),
    ...sorted(['status[in]'], ['id', 'orderNumber', 'createdAt', 'updatedAt'], OPEN),
  },
  refunds: { 'status[nin]': NOTHING_LEFT },
  'discount-codes': { 'deleted=with': DELETED, 'deleted=only': DELETED },
  'tax-rates': { 'deleted=with': DELETED, 'deleted=only': DELETED },
  imports: { 'resource[nin]': NOTHING_LEFT, 'status[ne]': NOTHING_LEFT, 'status[nin]': NOTHING_LEFT },
  'webhook-deliveries': { ...sorted(['status', 'status[in]', 'status[nin]'], ['id'], OPEN) },
  'audit-logs': { 'action[nin]': EVERY_MONTH, 'actorId sort=id': EVERY_MONTH, 'actorId[in]': EVERY_MONTH },
};
