import type { Sequelize } from 'sequelize';
import { validate, version } from 'uuid';
import { loadReferenceData, unloadReferenceData } from '../../seeders/reference/load-reference-data';
import { roleId } from '../../seeders/reference/role-ids';
import { builtInRoles } from '../../src/accounts/roles/built-in-roles';
import { type OpenShop, openShop } from './support/open-shop';
import { contentOf, guardsOf, rowsOf } from './support/snapshot';

const EVERYTHING = builtInRoles.length + builtInRoles.flatMap(({ permissions }) => permissions).length;
const AUDITOR = 1 + (builtInRoles.find(({ name }) => name === 'auditor')?.permissions.length ?? 0);

describe('the reference data', () => {
  let shop: OpenShop;
  let sequelize: Sequelize;

  beforeAll(async () => {
    shop = await openShop();
    sequelize = shop.sequelize;
    await unloadReferenceData(sequelize);
  });

  afterAll(() => shop.close());

  afterEach(() => unloadReferenceData(sequelize));

  it('has the built-in roles with exactly their permissions', async () => {
    await loadReferenceData(sequelize);
    const roles = await rowsOf<{ id: string; name: string; permissions: string[] }>(
      sequelize,
      `SELECT roles.id, name, coalesce(array_agg(resource || ':' || action) FILTER (WHERE resource IS NOT NULL), '{}') AS permissions
       FROM roles LEFT JOIN permissions ON role_id = roles.id GROUP BY roles.id`,
    );
    const loaded = new Map(roles.map(({ name, permissions }) => [name, permissions.toSorted()]));
    expect(loaded).toEqual(new Map(builtInRoles.map(({ name, permissions }) => [name, permissions.toSorted()])));
    expect(loaded.get('admin')).toEqual(['*:*']);
    expect(loaded.get('customer')).toEqual([]);
    for (const { id, name } of roles) {
      expect(id).toBe(roleId(name as 'admin'));
      expect([validate(id), version(id)]).toEqual([true, 7]);
    }
  });

  it('changes nothing when it is loaded again', async () => {
    expect(await loadReferenceData(sequelize)).toBe(EVERYTHING);
    const before = await contentOf(sequelize);
    expect(await loadReferenceData(sequelize)).toBe(0);
    expect(await contentOf(sequelize)).toEqual(before);
  });

  it('does not give back a permission that an administrator removed, or a role that one deleted', async () => {
    await loadReferenceData(sequelize);
    await sequelize.query(`
      UPDATE roles SET description = 'Ours' WHERE name = 'support';
      DELETE FROM permissions WHERE action = 'cancel';
      UPDATE roles SET deleted_at = now() WHERE name = 'auditor'`);
    const before = await contentOf(sequelize);
    expect(await loadReferenceData(sequelize)).toBe(0);
    expect(await contentOf(sequelize)).toEqual(before);
  });

  it('adds a role that is missing, with its permissions', async () => {
    await loadReferenceData(sequelize);
    await sequelize.query(`DELETE FROM roles WHERE name = 'auditor'`);
    expect(await loadReferenceData(sequelize)).toBe(AUDITOR);
  });

  it('accepts a role of the same name as the built-in one', async () => {
    await sequelize.query(`INSERT INTO roles (id, name) VALUES (uuid_v7(), 'auditor')`);
    expect(await loadReferenceData(sequelize)).toBe(EVERYTHING - AUDITOR);
    await sequelize.query(`DELETE FROM roles WHERE name = 'auditor'`);
  });

  it('leaves nothing when it is undone', async () => {
    const [content, guards] = [await contentOf(sequelize), await guardsOf(sequelize)];
    await loadReferenceData(sequelize);
    await unloadReferenceData(sequelize);
    expect(await contentOf(sequelize)).toEqual(content);
    expect(await guardsOf(sequelize)).toEqual(guards);
  });

  it('refuses to be undone while a user has a role, and keeps every role', async () => {
    await loadReferenceData(sequelize);
    await sequelize.query(
      `INSERT INTO users (id, email, username, first_name, last_name) VALUES (uuid_v7(), 'a@shop.example', 'someone', 'A', 'B');
       INSERT INTO user_roles (id, user_id, role_id) SELECT uuid_v7(), users.id, '${roleId('admin')}' FROM users`,
    );
    const before = await contentOf(sequelize);
    await expect(unloadReferenceData(sequelize)).rejects.toThrow('user_roles.role_id (1)');
    expect(await contentOf(sequelize)).toEqual(before);
    await sequelize.query('DELETE FROM users');
  });
});
