import { deletedAt, field, stamps } from '../../resource/definition/field';
import { named, object, optional, text } from '../../schema/schema';

/*
 * Visible ASCII, as in browsers' email fields: invisible characters make look-alikes. The table's check accepts the same addresses.
 * The class before the dot has no dot, so that there is one way to match: with a dot in it the search takes quadratic time.
 */
const EMAIL = /^[!-?A-~]+@[!-?A-~][!-\-/-?A-~]*[.][!-?A-~]+$/;
const ABOUT_EMAIL = 'Visible ASCII; unique, case-insensitively.';
const USERNAME = /^[\w.-]+$/;

export const email = text(3, 254, EMAIL).description(ABOUT_EMAIL).example('ana@example.com');
export const password = text(8, 128).description('8 to 128 characters; stored as argon2id only.').example('correct horse battery');

const firstName = text(1, 100).description('The first name.').example('Ana');
const lastName = text(1, 100).description('The last name.').example('Trujillo');
const username = text(3, 50, USERNAME).description('Unique, case-insensitively.').example('ana');

/** The body of a registration. */
export const newUserSchema = named('NewUser', object({ email, username, password, firstName, lastName }));

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
    max: 254,
    pattern: EMAIL,
    write: 'required',
    filter: true,
    sort: true,
    caseless: true,
    description: ABOUT_EMAIL,
    example: 'ana@example.com',
  }),
  username: field.text({
    min: 3,
    max: 50,
    pattern: USERNAME,
    write: 'required',
    filter: 'exact',
    sort: true,
    caseless: true,
    description: 'Unique, case-insensitively.',
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
  isActive: field.flag({ write: 'optional', default: true, filter: true, description: 'Whether they can sign in.' }),
  emailVerified: field.flag({ filter: true, description: 'Whether the email is confirmed.' }),
  lastLoginAt: field.timestamp({ nullable: true, filter: true, sort: true, description: 'The time of the last sign-in.' }),
  balance: field.money({
    description: 'What they can spend. Every change stands in the balance ledger; it raises the version and leaves updatedAt.',
  }),
  currency: field.currency(),
  ...stamps,
  deletedAt,
} as const;

/** The body of a change of password. */
export const newPasswordSchema = named('NewPassword', object({ currentPassword: password, newPassword: password }));
