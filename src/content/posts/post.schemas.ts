import { deletedAt, field, stamps } from '../../resource/definition/field';

/** The fields of a post. */
export const postFields = {
  id: field.id(),
  title: field.text({
    min: 1,
    max: 200,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The headline.',
    example: 'How to brew chai',
  }),
  slug: field.slug({ max: 220, from: 'title', filter: 'exact', example: 'how-to-brew-chai' }),
  body: field.text({
    max: 80_000,
    write: 'optional',
    default: '',
    description: 'The text, without markup that the shop would interpret; a published post has one.',
    example: 'Boil the water first.',
  }),
  status: field.oneOf(['draft', 'published'], {
    write: 'optional',
    default: 'draft',
    filter: true,
    description: 'Only published posts are public, from publishedAt on.',
    example: 'published',
  }),
  publishedAt: field.timestamp({
    write: 'optional',
    nullable: true,
    filter: true,
    sort: true,
    description: 'From when a published post is public: the time of its publication unless it is given. A later time schedules it.',
  }),
  isPublic: field.flag({
    description: 'Whether a published post has become public, which is announced as posts.published, within seconds.',
  }),
  authorId: field.uuid({ nullable: true, filter: true, description: 'Who wrote it; include=author shows their name.' }),
  ...stamps,
  deletedAt,
} as const;
