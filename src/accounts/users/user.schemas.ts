import { deletedAt, field, stamps } from '../../resource/definition/field';
import { EMAIL, emailSchema, MAX_EMAIL } from '../../schema/email';
import type { Format } from '../../schema/format';
import { named, object, optional, type Parsed, text } from '../../schema/schema';
import { givenPassword, newPassword } from '../passwords/password.schemas';
import { isReserved } from './creation/reserved-usernames';

const EMAIL_DESCRIPTION = 'Visible ASCII characters; unique regardless of case.';
const USERNAME: Format = { pattern: /^[\w.-]+$/, rule: 'consist of letters a to z, digits, dots, hyphens and underscores' };

export const email = emailSchema().description(EMAIL_DESCRIPTION);

const firstName = text(1, 100).description('The first name.').example('Ana');
const lastName = text(1, 100).description('The last name.').example('Trujillo');
const username = text(3, 50, USERNAME).description('Unique regardless of case; some names are reserved.').example('ana');
const newUsername = username.custom((value: string, helpers) => (isReserved(value) ? helpers.error('string.reserved') : value));

/** The body of a registration. */
export const newUserSchema = named('NewUser', object({ email, username: newUsername, password: newPassword, firstName, lastName }));

/** The values of a registration. */
export type NewUser = Parsed<typeof newUserSchema>;

/** The body of a change of names. */
export const namesSchema = named(
  'Names',
  object({ firstName: optional(firstName), lastName: optional(lastName), username: optional(username) }),
);

/** The fields of a user; the password hash is not one. */
export const userFields = {
  id: field.id(),
  email: field.text({
    min: 3,
    max: MAX_EMAIL,
    format: EMAIL,
    write: 'required',
    filter: true,
    sort: true,
    unique: true,
    caseless: true,
    description: EMAIL_DESCRIPTION,
    example: 'ana@example.com',
  }),
  username: field.text({
    min: 3,
    max: 50,
    format: USERNAME,
    write: 'required',
    filter: 'exact',
    sort: true,
    unique: true,
    caseless: true,
    description: 'Unique regardless of case.',
    example: 'ana',
  }),
  firstName: field.text({ min: 1, max: 100, write: 'required', description: 'The first name.', example: 'Ana' }),
  lastName: field.text({
    min: 1,
    max: 100,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The last name.',
    example: 'Trujillo',
  }),
  isActive: field.flag({ write: 'optional', default: true, filter: true, description: 'Whether the user can sign in.' }),
  emailVerified: field.flag({ filter: true, description: 'Whether the email is confirmed.' }),
  lastLoginAt: field.timestamp({ nullable: true, filter: true, sort: true, description: 'The time of the last sign-in.' }),
  balance: field.money({
    changedBy: 'POST /v1/users/{id}/balance/entries',
    description: 'The amount the user can spend. The balance ledger records each change, which raises version but not updatedAt.',
  }),
  currency: field.currency(),
  ...stamps,
  deletedAt,
} as const;

/** The body of a change of password. */
export const newPasswordSchema = named('NewPassword', object({ currentPassword: givenPassword, newPassword }));
