const DELETED = 'Asked by whoever may restore, seldom: indexes leave deleted rows out, so that living ones do not pay for them.';
const OTHER_ORDER =
  'Half the table by one time in the order of another, which goes along with it unknown to the planner: it walks past the other half. In its own order (sort=…) a page is 42 rows.';
const NOTHING_LEFT =
  'Leaves out the commonest values, so that nothing is left: few values are each common, and an index of them would serve no other question.';

/** Questions that no index answers, by resource, each with the reason why they are allowed all the same. */
export const EXCEPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  products: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    'currency[ne]': NOTHING_LEFT,
    'currency[nin]': NOTHING_LEFT,
    'updatedAt[lt]': OTHER_ORDER,
    'updatedAt[lte]': OTHER_ORDER,
    q: 'The best matches come first, so every match is ranked: a word in a sixth of all names has as many. GIN indexes find them.',
  },
  images: {
    'deleted=with': DELETED,
    'deleted=only': DELETED,
    'createdAt[gt]': OTHER_ORDER,
    'createdAt[gte]': OTHER_ORDER,
    'updatedAt[gt]': OTHER_ORDER,
    'updatedAt[gte]': OTHER_ORDER,
  },
  users: { 'deleted=with': DELETED, 'deleted=only': DELETED },
  orders: {
    'paymentMethod[nin]': NOTHING_LEFT,
    'createdAt[lt]': OTHER_ORDER,
    'createdAt[lte]': OTHER_ORDER,
    'paidAt[lt]': OTHER_ORDER,
    'paidAt[lte]': OTHER_ORDER,
    'updatedAt[lt]': OTHER_ORDER,
    'updatedAt[lte]': OTHER_ORDER,
  },
  refunds: { 'status[nin]': NOTHING_LEFT },
};
