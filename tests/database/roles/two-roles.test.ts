import { QueryTypes, type Sequelize } from 'sequelize';
import { connect } from '../../../src/database/connection/connection';
import { applicationRole, databaseAccess, takingRole } from '../../../src/database/connection/database-access';
import { withClient } from '../../../src/database/connection/open-client';
import { pendingMigrations } from '../../../src/migrator/pending-migrations';
import { admitApplication } from '../../../src/migrator/roles/admit-application';
import { requireRole } from '../../../src/migrator/roles/require-role';
import { APPLICATION, applicationUrlOf, OWNER, onServer, TEMPLATE } from '../../support/server';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();
const GUEST = `shop_test_guest_${process.pid}`;
let lines: string[] = [];

beforeAll(() => onServer((client) => client.query(`CREATE ROLE ${GUEST} LOGIN PASSWORD '${GUEST}'`)));
afterAll(() => onServer((client) => client.query(`DROP OWNED BY ${GUEST}; DROP ROLE ${GUEST}`)));
beforeEach(() => {
  lines = [];
});

const named = (DATABASE_URL: string) => ({ DATABASE_URL, MIGRATION_DATABASE_URL: shop.env.MIGRATION_DATABASE_URL, DATABASE_ROLE: '' });
const owners = () => databaseAccess({ DATABASE_URL: shop.env.MIGRATION_DATABASE_URL, MIGRATION_DATABASE_URL: '', DATABASE_ROLE: '' });
const admit = (access: ReturnType<typeof owners>) =>
  withClient(access.MIGRATION_DATABASE_URL, (owner) =>
    admitApplication(owner, access, { log: (line) => lines.push(line), waitMs: 20_000 }),
  );
const guest = () => shop.env.DATABASE_URL.replaceAll(APPLICATION, GUEST);
const rolesOf = (sequelize: Sequelize) =>
  sequelize.query('SELECT current_user AS role, session_user AS login', { type: QueryTypes.SELECT });

test('with the owner’s URL alone each connection works as the application, also after its session was ended', async () => {
  const access = owners();
  expect([access.DATABASE_ROLE, applicationRole(access)]).toEqual([APPLICATION, APPLICATION]);
  await admit(access);
  const sequelize = connect({ ...shop.env, ...access, DB_POOL_MAX: 2 });
  try {
    const as = [{ role: APPLICATION, login: OWNER }];
    expect(await Promise.all([rolesOf(sequelize), rolesOf(sequelize)])).toEqual([as, as]);
    await requireRole(sequelize, APPLICATION);
    await sequelize.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    expect(await Promise.all([rolesOf(sequelize), rolesOf(sequelize)])).toEqual([as, as]);
    await sequelize.query('RESET ROLE');
    expect(await rolesOf(sequelize)).toEqual(as);
  } finally {
    await sequelize.close();
  }
});

test('keeps the options of the URL, and escapes the name of the role', () => {
  expect(takingRole('', '-c a=1')).toEqual({});
  expect(takingRole('a b\\c', '-c a=1')).toEqual({ options: '-c a=1 -c role=a\\ b\\\\c' });
});

test('says where connections work as another role, as behind a pooler that drops the option', async () => {
  await expect(requireRole(shop.owner, APPLICATION)).rejects.toThrow(`work as the role ${OWNER} instead of ${APPLICATION}`);
});

test('refuses to migrate as the application, and names the owner', async () => {
  await expect(pendingMigrations(shop.env.DATABASE_URL)).rejects.toThrow(`belong to ${OWNER}, not to ${APPLICATION}`);
});

test('refuses two URLs of one login, and an owner’s URL alone beside none of the API', () => {
  const url = shop.env.DATABASE_URL;
  expect(() => databaseAccess({ DATABASE_URL: url, MIGRATION_DATABASE_URL: url, DATABASE_ROLE: '' })).toThrow(
    `both log in as ${APPLICATION}`,
  );
  expect(() => databaseAccess({ DATABASE_URL: '', MIGRATION_DATABASE_URL: url, DATABASE_ROLE: '' })).toThrow('DATABASE_URL is not');
});

test('refuses URLs of two databases, and takes two names of one', async () => {
  await expect(admit(named(applicationUrlOf(TEMPLATE)))).rejects.toThrow('lead to different databases');
  await admit(named(shop.env.DATABASE_URL.replace('127.0.0.1', 'localhost')));
});

test('gives a new login the privileges of the application, at two starts at once, and a later start changes nothing', async () => {
  await Promise.all([admit(named(guest())), admit(named(guest()))]);
  const held = (role: string) =>
    shop.query(
      `SELECT c.oid::regclass::text AS name, array(SELECT p FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS p
         WHERE has_table_privilege('${role}', c.oid, p)) AS privileges FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
  const privileges = await held(GUEST);
  expect(privileges).toEqual(await held(APPLICATION));
  expect(privileges).toEqual(
    expect.arrayContaining([
      { name: 'audit_logs', privileges: ['SELECT', 'INSERT'] },
      { name: 'audit_logs_default', privileges: [] },
      { name: 'stock_movements', privileges: ['SELECT', 'INSERT'] },
      { name: 'products', privileges: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] },
      { name: '"SequelizeMeta"', privileges: ['SELECT'] },
    ]),
  );
});

test('takes back what was granted by hand, and gives what is missing', async () => {
  await shop.query(`GRANT ALL ON audit_logs, products TO ${GUEST}; GRANT UPDATE (actor) ON audit_logs TO PUBLIC;
    GRANT EXECUTE ON FUNCTION make_audit_partitions TO PUBLIC; REVOKE SELECT ON users FROM ${GUEST}; GRANT CREATE ON SCHEMA public TO ${GUEST}`);
  await admit(named(guest()));
  const [row] =
    await shop.query(`SELECT has_table_privilege('${GUEST}', 'audit_logs', 'UPDATE') OR has_table_privilege('${GUEST}', 'products', 'TRUNCATE')
    OR has_any_column_privilege('${GUEST}', 'audit_logs', 'UPDATE') OR has_function_privilege('${GUEST}', 'make_audit_partitions(int)', 'EXECUTE')
    OR has_schema_privilege('${GUEST}', 'public', 'CREATE') AS more, has_table_privilege('${GUEST}', 'users', 'SELECT') AS reads`);
  expect(row).toEqual({ more: false, reads: true });
});

test.each([
  ['a superuser', `ALTER ROLE ${GUEST} SUPERUSER`, `ALTER ROLE ${GUEST} NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS`],
  ['a maker of roles', `ALTER ROLE ${GUEST} CREATEROLE`, `ALTER ROLE ${GUEST} NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS`],
  ['a member of the owner', `GRANT ${OWNER} TO ${GUEST}`, `REVOKE ${OWNER} FROM ${GUEST}`],
  ['a writer of all tables', `GRANT pg_write_all_data TO ${GUEST}`, `REVOKE pg_write_all_data FROM ${GUEST}`],
])('refuses a login that is %s, with the statement that mends it', async (_what, grant, remedy) => {
  await onServer((client) => client.query(grant));
  await expect(admit(named(guest()))).rejects.toThrow(`  ${remedy};`);
  expect(lines).toEqual([]);
  await onServer((client) => client.query(remedy));
  await admit(named(guest()));
});

test('where everybody may create in a schema that is not the owner’s, as before PostgreSQL 15, it names the statement that mends it', async () => {
  const { pathname } = new URL(shop.env.MIGRATION_DATABASE_URL);
  const superuser = Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), { pathname }).href;
  await withClient(superuser, (client) =>
    client.query('ALTER SCHEMA public OWNER TO CURRENT_USER; GRANT CREATE ON SCHEMA public TO PUBLIC'),
  );
  const remedy = `ALTER SCHEMA public OWNER TO ${OWNER}`;
  await expect(admit(named(guest()))).rejects.toThrow(`  ${remedy};`);
  await withClient(superuser, (client) => client.query(remedy));
  await admit(named(guest()));
  expect(await shop.query(`SELECT has_schema_privilege('${GUEST}', 'public', 'CREATE') AS more`)).toEqual([{ more: false }]);
});

test('where the owner may not create the role, it names the statements for a superuser', async () => {
  await expect(admit({ ...owners(), DATABASE_ROLE: 'shop test"s role' })).rejects.toThrow(
    `  CREATE ROLE "shop test""s role" NOLOGIN;\n  GRANT "shop test""s role" TO ${OWNER};\n`,
  );
  await expect(admit({ ...owners(), DATABASE_ROLE: GUEST })).rejects.toThrow(
    `may not take. Let a superuser run this once, and start again:\n  GRANT "${GUEST}" TO ${OWNER};`,
  );
});

test('an owner who may create roles makes the role, at four starts of the server at once', async () => {
  const role = `shop_test_made_${process.pid}`;
  await onServer((client) => client.query(`ALTER ROLE ${OWNER} CREATEROLE`));
  try {
    const access = { ...owners(), DATABASE_ROLE: role };
    await Promise.all([1, 2, 3, 4].map(() => admit(access)));
    const sequelize = connect({ ...shop.env, ...access });
    expect(await rolesOf(sequelize)).toEqual([{ role, login: OWNER }]);
    await sequelize.close();
  } finally {
    await onServer((client) => client.query(`ALTER ROLE ${OWNER} NOCREATEROLE`));
    await shop.query(`DROP OWNED BY ${role}`);
    await onServer((client) => client.query(`DROP ROLE IF EXISTS ${role}`));
  }
});
