import { deletedAt, field, stamps } from '../../resource/definition/field';

/** The fields of a review. */
export const reviewFields = {
  id: field.id(),
  productId: field.uuid({ write: 'fixed', filter: true, description: 'The product.' }),
  authorId: field.uuid({ filter: true, description: 'Who wrote it; include=author shows their name.' }),
  rating: field.integer({ min: 1, max: 5, write: 'required', filter: true, sort: true, description: 'From 1 to 5.', example: 5 }),
  title: field.text({ min: 1, max: 200, write: 'optional', nullable: true, description: 'The headline.', example: 'A fine tea' }),
  body: field.text({
    min: 1,
    max: 10_000,
    write: 'optional',
    nullable: true,
    description: 'The text, without markup.',
    example: 'Strong, and not bitter.',
  }),
  status: field.oneOf(['pending', 'published', 'rejected'], {
    write: 'change',
    filter: true,
    description:
      'Only published reviews are public, and count in the rating of the product. Staff with reviews:write publish and reject; where REVIEW_MODERATION is on, a new review and an edited one are pending.',
    example: 'published',
  }),
  moderationReason: field.text({
    min: 1,
    max: 1_000,
    write: 'change',
    nullable: true,
    description: 'Why it was rejected: its author is told.',
  }),
  verifiedPurchase: field.flag({
    filter: true,
    description: 'Whether its author had bought and paid the product when the review was last written, by the orders of the shop.',
  }),
  ...stamps,
  deletedAt,
} as const;
