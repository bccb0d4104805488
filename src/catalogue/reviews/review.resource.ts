import { authors } from '../../accounts';
import { becomes } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { alreadyReviewed } from '../problems';
import { products } from '../products/product.resource';
import { Review } from './review.model';
import { visibleReviews } from './review.policy';
import { reviewFields } from './review.schemas';

/** Reviews of products. */
export const reviews = defineResource({
  name: 'reviews',
  one: 'review',
  prefix: '/v1/reviews',
  tag: 'Reviews',
  description:
    'What customers say of products: one review per customer and product. Published ones are public; a customer sees and changes their own.',
  model: () => Review,
  fields: reviewFields,
  includes: {
    product: { resource: () => products },
    author: { resource: () => authors, seenWithParent: true },
  },
  scope: visibleReviews,
  access: { read: 'public', write: 'signed-in' },
  verbs: ['list', 'read', 'create', 'patch', 'delete', 'restore'],
  problems: [alreadyReviewed],
  events: {
    published: becomes('status', 'published', 'A review became public, at its creation or by moderation.'),
    rejected: becomes('status', 'rejected', 'Staff rejected a review.'),
  },
  example: { productId: '01890a5d-ac96-774b-bcce-b302099a8057', rating: 5, title: 'A fine tea', body: 'Strong, and not bitter.' },
});
