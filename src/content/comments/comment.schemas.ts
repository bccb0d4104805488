import { deletedAt, field, stamps } from '../../resource/definition/field';

/** The fields of a comment. */
export const commentFields = {
  id: field.id(),
  commentableType: field.oneOf(['Post', 'Product', 'User'], {
    write: 'fixed',
    filter: true,
    description: 'What kind of object it is about.',
    example: 'Post',
  }),
  commentableId: field.uuid({
    write: 'fixed',
    filter: true,
    description: 'The object that it is about: one that its author may read. include=target shows it.',
  }),
  authorId: field.uuid({ filter: true, description: 'Who wrote it; include=author shows their name.' }),
  content: field.text({ min: 1, max: 5_000, write: 'required', description: 'The text, without markup.', example: 'It worked at once.' }),
  ...stamps,
  deletedAt,
} as const;
