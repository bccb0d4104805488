import { deletedAt, field, stamps } from '../../resource/definition/field';
import { text } from '../../schema/schema';

const NAME = /^[a-z][a-z0-9-]{1,49}$/;
const PART = /^([*]|[a-z][a-z-]{0,49})$/;
const PERMISSION = /^([*]|[a-z][a-z-]{0,49}):([*]|[a-z][a-z-]{0,49})$/;

/** A permission as text. */
export const permissionSchema = text(3, 101, PERMISSION).description('resource:action; * stands for any.').example('orders:ship');

/** A role's name. */
export const roleName = text(2, 50, NAME).description('The name of a role.').example('support');

/** A role as clients see it. */
export const roleFields = {
  id: field.id(),
  name: field.text({
    min: 2,
    max: 50,
    pattern: NAME,
    write: 'required',
    filter: true,
    sort: true,
    description: 'Unique.',
    example: 'packer',
  }),
  description: field.text({ max: 500, write: 'optional', nullable: true, description: 'What it is for.', example: 'Ships orders.' }),
  ...stamps,
  deletedAt,
} as const;

/** One permission of a role as clients see it. */
export const permissionFields = {
  id: field.id(),
  resource: field.text({ min: 1, max: 50, pattern: PART, description: 'What it concerns, or * for anything.', example: 'orders' }),
  action: field.text({ min: 1, max: 50, pattern: PART, description: 'What may be done, or * for anything.', example: 'ship' }),
} as const;
