import { email as schema } from '../../../src/accounts/users/user.schemas';
import { PASSWORD } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();

/* Every character below U+3100, the byte order mark, a tag and a letter beyond the basic plane; U+0000 cannot be sent to PostgreSQL. */
const characters = [...Array.from({ length: 0x30ff }, (_, index) => index + 1), 0xfeff, 0xe0041, 0x1d49c].map((point) =>
  String.fromCodePoint(point),
);
const emails = characters.flatMap((character) => [`a${character}b@x.org`, `a@x${character}y.org`, `a@x.o${character}g`]);

test('the API and the database accept the same emails, and none with invisible characters', async () => {
  const [check] = await shop.query<{ rule: string }>(
    "SELECT pg_get_expr(conbin, conrelid) AS rule FROM pg_constraint WHERE conname = 'users_email_check'",
  );
  const accepted = await shop.query<{ email: string }>(`SELECT email FROM unnest($1::text[]) AS email WHERE ${check?.rule}`, [emails]);
  const valid = emails.filter((email) => schema.validate(email, { convert: false }).error === undefined);
  expect(accepted.map(({ email }) => email)).toEqual(valid);
  expect(valid.filter((email) => /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(email))).toEqual([]);
  expect(valid.length).toBeGreaterThan(250);
});

test.each([0x85, 0x180e, 0x200b, 0x1f, 0xad, 0x202e, 0x430])('refuses an email with character %i as of the wrong format', async (point) => {
  const body = {
    email: `ana${String.fromCodePoint(point)}@example.com`,
    username: 'ana',
    password: PASSWORD,
    firstName: 'Ana',
    lastName: 'Trujillo',
  };
  const { body: refused } = await shop.call('post', '/v1/auth/register', { body });
  expect(refused).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/email', code: 'wrong_format' }] });
  expect(await shop.query("SELECT FROM users WHERE username = 'ana'")).toEqual([]);
});
