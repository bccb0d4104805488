import { deletedAt, field, stamps } from '../../resource/definition/field';
import { named, object, optional, text } from '../../schema/schema';

/*
 * Visible ASCII, as in browsers' email fields: invisible characters make look-alikes. The table's check accepts the same addresses.
 * The class before the dot has no dot, so that there is one way to match: with a dot in it the search takes quadratic time.
 */
const EMAIL = /^[!-?A-~]+@[!-?A-~][!-\-/-?A-~]*[.][!-?A-~]+$/;
const ABOUT_EMAIL = 'Visible ASCII; unique, whatever the case of its letters.';
const USERNAME = /^[\w.-]+$/;

export const email = text(3, 254, EMAIL).description(ABOUT_EMAIL).example('ana@example.com');
export const password = text(8, 128).description('8 to 128 characters; kept as argon2id only.').example('correct horse battery');

const firstName = text(1, 100).description('The first name.').example('Ana');
const lastName = text(1, 100).description('The last name.').example('Trujillo');
const username = text(3, 50, USERNAME).description('Unique, whatever the case of its letters.').example('ana');

/** The body of a registration. */
export const newUserSchema = named('NewUser', object({ email, username, password, firstName, lastName }));

/** The body of a change of one's own names. */
export const namesSchema = named(
  'Names',
  object({ firstName: optional(firstName), lastName: optional(lastName), username: optional(username) }),
);

/** A user as clients see them; the password's hash is no field. */
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
    description: 'Unique, whatever the case of its letters.',
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
  emailVerified: field.flag({ filter: true, description: 'Whether the email was confirmed.' }),
  lastLoginAt: field.timestamp({ nullable: true, filter: true, sort: true, description: 'When they signed in last.' }),
  balance: field.money({
    description: 'What they can spend; every change is in the balance ledger. It raises the version, and leaves updatedAt.',
  }),
  currency: field.currency(),
  ...stamps,
  deletedAt,
} as const;

/** A profile as clients see it. */
export const profileFields = {
  id: field.id(),
  userId: field.uuid({ description: 'Whose it is.' }),
  displayName: field.text({ min: 1, max: 100, write: 'optional', nullable: true, description: 'The name to show.' }),
  bio: field.text({ max: 2_000, write: 'optional', nullable: true, description: 'A few words.' }),
  avatarUrl: field.text({ max: 2_048, pattern: /^https?:\/\/\S+$/, write: 'optional', nullable: true, description: 'A picture.' }),
  phone: field.text({ max: 40, write: 'optional', nullable: true, description: 'A phone number.' }),
  birthDate: field.date({ write: 'optional', nullable: true, description: 'The day of birth.' }),
  address: field.json({ maxBytes: 4_096, write: 'optional', nullable: true, description: 'Where they live.' }),
  ...stamps,
} as const;

/** The body of a change of one's own password. */
export const newPasswordSchema = named('NewPassword', object({ currentPassword: password, newPassword: password }));
