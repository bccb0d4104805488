import { type Person, signUp } from '../factories/people';
import { letRatingsBeSet, makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

interface Entry {
  readonly action: string;
  readonly old: Readonly<Record<string, unknown>> | null;
  readonly new: Readonly<Record<string, unknown>> | null;
}

const { shop } = useShop();
let person: Person;

beforeEach(async () => {
  person = await signUp(shop);
});

const entriesOf = (table: string, recordId: string) =>
  shop.query<Entry>(
    `SELECT action, ${revealed('old')}, ${revealed('new')} FROM audit_logs l WHERE table_name = $1 AND record_id = $2::uuid ORDER BY id`,
    [table, recordId],
  );
/* The values of a side, the personal ones from beside the log. */
const revealed = (side: 'old' | 'new') =>
  `l.${side}_values || coalesce((SELECT p.${side}_values FROM audit_personal p WHERE p.audit_log_id = l.id), '{}') AS ${side}`;
const count = async () => (await shop.query<{ count: number }>('SELECT count(*)::int FROM audit_logs'))[0]?.count;
const SECRET = '[secret]';

test('never records a password: not when it is set, changed, deleted with its user, restored or purged', async () => {
  const change = (sql: string) => shop.query(`UPDATE users SET ${sql} WHERE id = $1::uuid`, [person.id]);
  const [{ password_hash: first } = { password_hash: '' }] = await shop.query<{ password_hash: string }>(
    'SELECT password_hash FROM users WHERE id = $1::uuid',
    [person.id],
  );
  await change("password_hash = 'a-second-hash', deleted_at = now()");
  await change('deleted_at = NULL');
  await change('password_hash = NULL');
  await change("password_hash = 'a-third-hash'");
  await shop.query('DELETE FROM users WHERE id = $1::uuid', [person.id]);
  const entries = await entriesOf('users', person.id);
  expect(entries.filter(({ old, new: now }) => [old, now].some((values) => values && 'password_hash' in values))).toMatchObject([
    { action: 'CREATE', old: null, new: { password_hash: SECRET } },
    { action: 'DELETE', old: { password_hash: SECRET, deleted_at: null }, new: { password_hash: SECRET } },
    { action: 'UPDATE', old: { password_hash: SECRET }, new: { password_hash: null } },
    { action: 'UPDATE', old: { password_hash: null }, new: { password_hash: SECRET } },
    { action: 'PURGE', old: { password_hash: SECRET, is_active: true }, new: null },
  ]);
  expect(entries.map(({ action }) => action)).toContain('RESTORE');
  for (const hash of [first, 'a-second-hash', 'a-third-hash']) expect(JSON.stringify(entries)).not.toContain(hash);
});

test('records nothing for an update that changes no row or no value', async () => {
  const before = await count();
  await shop.query("UPDATE users SET first_name = 'Nobody' WHERE false");
  await shop.query('DELETE FROM users WHERE false');
  await shop.query('UPDATE users SET first_name = first_name WHERE id = $1::uuid', [person.id]);
  expect(await count()).toBe(before);
  await shop.query("UPDATE users SET first_name = 'Somebody' WHERE id = $1::uuid", [person.id]);
  expect(await count()).toBe(Number(before) + 1);
});

test('records each row of one statement with its own values', async () => {
  const other = await signUp(shop);
  await shop.query('UPDATE users SET last_name = first_name || username WHERE id = ANY ($1::uuid[])', [[person.id, other.id]]);
  const names = async ({ id }: Person) => (await entriesOf('users', id)).at(-1)?.new?.last_name;
  const [{ username: mine } = { username: '' }] = await shop.query<{ username: string }>('SELECT username FROM users WHERE id = $1::uuid', [
    person.id,
  ]);
  expect(await names(person)).toBe(`Test${mine}`);
  expect(await names(other)).not.toBe(`Test${mine}`);
});

test('records columns that share a name with a variable of the trigger', async () => {
  const path = `/v1/users/${person.id}/profile`;
  for (const address of [{ city: 'Oslo' }, { city: 'Bergen' }]) {
    expect((await shop.call('patch', path, { token: person.token, body: { address } })).status).toBe(200);
  }
  const [profile] = await shop.query<{ id: string }>('SELECT id FROM profiles WHERE user_id = $1::uuid', [person.id]);
  const id = String(profile?.id);
  await shop.query('DELETE FROM profiles WHERE id = $1::uuid', [id]);
  const [purge, change] = (await entriesOf('profiles', id)).reverse();
  expect(change).toMatchObject({ action: 'UPDATE', old: { address: { city: 'Oslo' } }, new: { address: { city: 'Bergen' } } });
  expect(purge).toMatchObject({ action: 'PURGE', old: { address: { city: 'Bergen' }, user_id: person.id }, new: null });
});

const EVERY_COLUMN = {
  products: `name = 'It''s "new" \\ {}', slug = 'new-' || left(id::text, 8), sku = 'NEW-' || left(id::text, 8), brand = 'Brand', model = NULL,
    description = E'two\\nlines', price = 0.10, currency = 'EUR', stock_quantity = 0, status = 'inactive', featured = true, view_count = 7,
    rating = 4.50, review_count = 2, image_url = 'https://images.example/ü.jpg', attributes = '{"a": [1, null, {"b": "c"}]}',
    created_by = NULL, created_at = '2020-02-29T12:00:00.5Z', deleted_at = now()`,
  users: `email = 'x' || email, username = 'x' || username, first_name = '🎉', last_name = 'It''s', is_active = false, email_verified = true,
    last_login_at = now(), balance = 12.30, currency = 'EUR', password_hash = 'another'`,
} as const;

test.each(Object.keys(EVERY_COLUMN) as (keyof typeof EVERY_COLUMN)[])('records an update of every column of %s', async (table) => {
  const admin = await signUp(shop, 'admin');
  await letRatingsBeSet(shop);
  const id = table === 'users' ? person.id : await makeProduct(shop, admin, { model: 'Model', categoryId: await makeCategory(admin) });
  const row = async () =>
    (await shop.query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE id = $1::uuid`, [id]))[0]?.row ??
    {};
  const was = await row();
  await shop.query(`UPDATE ${table} SET ${EVERY_COLUMN[table]}${table === 'products' ? ', category_id = NULL' : ''} WHERE id = $1::uuid`, [
    id,
  ]);
  const is = await row();
  const changed = Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]) && !DERIVED.includes(name));
  const side = (values: Record<string, unknown>) => ({
    ...Object.fromEntries(changed.map((name) => [name, values[name]])),
    ...('password_hash' in values && { password_hash: SECRET }),
  });
  const { action, old, new: now } = (await entriesOf(table, id)).at(-1) as Entry;
  expect(changed.length).toBeGreaterThan(10);
  expect({ action, old, new: now }).toEqual({ action: table === 'users' ? 'UPDATE' : 'DELETE', old: side(was), new: side(is) });
});

/* Columns that follow from others, and those that views move, which are no edits. */
const DERIVED = ['search_vector', 'in_stock', 'updated_at', 'edited_version', 'view_count', 'popularity'];

async function makeCategory(admin: Person): Promise<string> {
  return String((await shop.call('post', '/v1/categories', { token: admin.token, body: { name: 'Recorded' } })).body.id);
}

test('records each unit of work of a shared statement under its own actor, and a row of none under the database role', async () => {
  const people = [person, await signUp(shop), await signUp(shop)];
  const ids = people.map(({ id }) => id);
  const units = ['', 'because'].map((reason, at) => ({
    'app.actor': `system:unit ${at}`,
    'app.request_id': `request ${at}`,
    'app.reason': reason,
  }));
  const announced = { units, rows: { [ids[0] as string]: 0, [ids[1] as string]: 1 } };
  await shop.query(
    `WITH announced AS MATERIALIZED (SELECT set_config('app.units', $1, true))
    UPDATE users u SET last_name = 'Together' FROM announced WHERE u.id = ANY ($2::uuid[])`,
    [JSON.stringify(announced), ids],
  );
  const said = await shop.query(
    `SELECT l.actor, l.actor_id, l.request_id, l.reason FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, place)
    JOIN audit_personal v ON v.user_id = p.id AND v.new_values ->> 'last_name' = 'Together' JOIN audit_logs l ON l.id = v.audit_log_id ORDER BY p.place`,
    [ids],
  );
  expect(said).toEqual([
    { actor: 'system:unit 0', actor_id: null, request_id: 'request 0', reason: null },
    { actor: 'system:unit 1', actor_id: null, request_id: 'request 1', reason: 'because' },
    { actor: expect.stringMatching(/^db:/), actor_id: null, request_id: null, reason: null },
  ]);
});
