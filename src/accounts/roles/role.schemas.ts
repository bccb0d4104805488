import { deletedAt, field, stamps } from '../../resource/definition/field';
import type { Format } from '../../schema/format';
import { text } from '../../schema/schema';

const NAME: Format = {
  pattern: /^[a-z][a-z0-9-]{1,49}$/,
  rule: 'begin with a small letter and consist of the small letters a to z, digits and hyphens',
};
const PART: Format = { pattern: /^([*]|[a-z][a-z-]{0,49})$/, rule: 'be * or a name of the small letters a to z and hyphens' };
const PERMISSION: Format = {
  pattern: /^([*]|[a-z][a-z-]{0,49}):([*]|[a-z][a-z-]{0,49})$/,
  rule: 'be a resource and an action with a colon between them, such as orders:ship; * stands for any',
};

/** The schema of a permission as text. */
export const permissionSchema = text(3, 101, PERMISSION).description('resource:action; * matches any.').example('orders:ship');

/** The schema of a role's name. */
export const roleName = text(2, 50, NAME).description('The name of a role.').example('support');

/** The fields of a role. */
export const roleFields = {
  id: field.id(),
  name: field.text({
    min: 2,
    max: 50,
    format: NAME,
    write: 'required',
    filter: true,
    sort: true,
    unique: true,
    description: 'Unique.',
    example: 'packer',
  }),
  description: field.text({ max: 500, write: 'optional', nullable: true, description: 'The purpose.', example: 'Ships orders.' }),
  ...stamps,
  deletedAt,
} as const;

/** The fields of a permission. */
export const permissionFields = {
  id: field.id(),
  resource: field.text({ min: 1, max: 50, format: PART, description: 'The resource, or * for any.', example: 'orders' }),
  action: field.text({ min: 1, max: 50, format: PART, description: 'The action, or * for any.', example: 'ship' }),
} as const;
