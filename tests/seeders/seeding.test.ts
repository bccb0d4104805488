import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryInterface, Sequelize } from 'sequelize';
import { PROJECT_FOLDER } from '../../config/project';
import { loadNorthwind } from '../../seeders/northwind/load-northwind';
import { unloadReferenceData } from '../../seeders/reference/load-reference-data';
import { type OpenShop, openShop } from './support/open-shop';
import { contentOf, guardsOf, rowsOf } from './support/snapshot';

interface Seeder {
  up(queryInterface: QueryInterface): Promise<void>;
  down(queryInterface: QueryInterface): Promise<void>;
}

const folder = join(PROJECT_FOLDER, 'seeders');

describe('seeding', () => {
  let shop: OpenShop;
  let sequelize: Sequelize;

  beforeEach(async () => {
    shop = await openShop();
    sequelize = shop.sequelize;
  });

  afterEach(() => shop.close());

  it('runs every seeder up, up again and down, as sequelize-cli does, and leaves nothing', async () => {
    await unloadReferenceData(sequelize);
    const [content, guards] = [await contentOf(sequelize), await guardsOf(sequelize)];
    const seeders = [...(await seedersOf(folder)), ...(await seedersOf(join(folder, 'second-shop')))];
    expect(seeders).toHaveLength(3);
    for (const seeder of seeders) await seeder.up(sequelize.getQueryInterface());
    const loaded = await contentOf(sequelize);
    for (const seeder of seeders) await seeder.up(sequelize.getQueryInterface());
    expect(await contentOf(sequelize)).toEqual(loaded);
    for (const seeder of seeders.toReversed()) await seeder.down(sequelize.getQueryInterface());
    expect(await contentOf(sequelize)).toEqual(content);
    expect(await guardsOf(sequelize)).toEqual(guards);
    // Both come with the migrations.
    const { SequelizeMeta: _migrations, view_refreshes: _ages, ...tables } = await contentOf(sequelize);
    expect(Object.entries(tables).filter(([, digest]) => digest !== '0 ')).toEqual([]);
  });

  it('loads the shop once when two processes start at once', async () => {
    const loads = await Promise.all([loadNorthwind(sequelize), loadNorthwind(sequelize)]);
    expect(loads.filter((added) => added !== null)).toHaveLength(1);
    expect(await rowsOf(sequelize, 'SELECT count(*)::int AS orders FROM orders')).toEqual([{ orders: 830 }]);
  });

  it('loads nothing where a value is taken, and keeps the guards of the ledgers', async () => {
    await sequelize.query(`INSERT INTO products (id, name, slug, sku, price) VALUES (uuid_v7(), 'Real', 'tofu', 'REAL-1', 1)`);
    const [content, guards] = [await contentOf(sequelize), await guardsOf(sequelize)];
    await expect(loadNorthwind(sequelize)).rejects.toMatchObject({ original: { code: '23505', constraint: 'products_slug_key' } });
    expect(await contentOf(sequelize)).toEqual(content);
    expect(await guardsOf(sequelize)).toEqual(guards);
  });
});

/** The seeders of a folder in the order of their names, as sequelize-cli runs them. */
async function seedersOf(path: string): Promise<Seeder[]> {
  const names = readdirSync(path).filter((name) => /^\d+.*\.ts$/.test(name));
  return Promise.all(names.sort().map((name) => import(join(path, name)) as Promise<Seeder>));
}
