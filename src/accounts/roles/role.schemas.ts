import { deletedAt, field, stamps } from '../../resource/field';

/** A role as clients see it. */
export const roleFields = {
  id: field.id(),
  name: field.text({
    min: 2,
    max: 50,
    pattern: /^[a-z][a-z0-9-]{1,49}$/,
    write: 'required',
    filter: true,
    sort: true,
    about: 'Unique.',
    example: 'packer',
  }),
  description: field.text({ max: 500, write: 'optional', nullable: true, about: 'What it is for.', example: 'Ships orders.' }),
  ...stamps,
  deletedAt,
} as const;

/** One permission of a role as clients see it. */
export const permissionFields = {
  id: field.id(),
  resource: field.text({ min: 1, max: 50, about: 'What it concerns, or * for anything.', example: 'orders' }),
  action: field.text({ min: 1, max: 50, about: 'What may be done, or * for anything.', example: 'ship' }),
} as const;
