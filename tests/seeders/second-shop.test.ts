import type { Sequelize } from 'sequelize';
import { loadDummyjson, unloadDummyjson } from '../../seeders/dummyjson/load-dummyjson';
import { readProducts } from '../../seeders/dummyjson/source';
import { loadNorthwind, unloadNorthwind } from '../../seeders/northwind/load-northwind';
import { type OpenShop, openShop } from './support/open-shop';
import { contentOf, guardsOf, rowOf, rowsOf } from './support/snapshot';

describe('the second shop, DummyJSON', () => {
  let shop: OpenShop;
  let sequelize: Sequelize;

  beforeEach(async () => {
    shop = await openShop();
    sequelize = shop.sequelize;
  });

  afterEach(() => shop.close());

  it('has every product with its category, tags, images and stock', async () => {
    expect(await loadDummyjson(sequelize)).toEqual({ categories: 24, tags: 138, products: 194, product_images: 474, product_tags: 364 });
    const loaded = await rowsOf(
      sequelize,
      `SELECT products.name AS title, products.slug, sku, price::text AS price, stock_quantity AS stock, brand, categories.slug AS category, image_url AS thumbnail,
        (SELECT jsonb_agg(url ORDER BY display_order) FROM product_images WHERE product_id = products.id) AS images,
        (SELECT jsonb_agg(tags.name ORDER BY product_tags.id) FROM product_tags JOIN tags ON tags.id = tag_id WHERE product_id = products.id) AS tags
       FROM products JOIN categories ON categories.id = category_id ORDER BY products.id`,
    );
    expect(loaded).toEqual(
      readProducts().map(({ title, slug, sku, price, stock, brand, category, thumbnail, images, tags }) => ({
        title,
        slug,
        sku,
        price,
        stock,
        brand,
        category,
        thumbnail,
        images,
        tags,
      })),
    );
  });

  it('has a stock ledger that agrees with every product', async () => {
    await loadDummyjson(sequelize);
    const wrong = await rowsOf(
      sequelize,
      `SELECT sku FROM products LEFT JOIN stock_movements ON product_id = products.id
       GROUP BY products.id HAVING stock_quantity <> coalesce(sum(delta), 0)`,
    );
    expect(wrong).toEqual([]);
  });

  it('has no ratings, because its reviews are not loaded', async () => {
    await loadDummyjson(sequelize);
    expect(await rowOf(sequelize, 'SELECT max(rating)::text AS rating, max(review_count) AS reviews FROM products')).toEqual({
      rating: '0.00',
      reviews: 0,
    });
  });

  it('changes nothing when it is loaded again', async () => {
    await loadDummyjson(sequelize);
    const before = await contentOf(sequelize);
    expect(await loadDummyjson(sequelize)).toBeNull();
    expect(await contentOf(sequelize)).toEqual(before);
  });

  it('loads beside Northwind, and each is undone without the other', async () => {
    const [empty, guards] = [await contentOf(sequelize), await guardsOf(sequelize)];
    await loadDummyjson(sequelize);
    const alone = await contentOf(sequelize);
    await loadNorthwind(sequelize);
    expect(await rowOf(sequelize, 'SELECT count(*)::int AS products FROM products')).toEqual({ products: 271 });
    await unloadNorthwind(sequelize);
    expect(await contentOf(sequelize)).toEqual(alone);
    await unloadDummyjson(sequelize);
    expect(await contentOf(sequelize)).toEqual(empty);
    expect(await guardsOf(sequelize)).toEqual(guards);
  });

  it('refuses the undo while a real product has one of its tags', async () => {
    await loadDummyjson(sequelize);
    await sequelize.query(`
      INSERT INTO products (id, name, slug, sku, price) VALUES ('01900000-0000-7000-8000-000000000001', 'Real', 'real', 'REAL-1', 1);
      INSERT INTO product_tags (id, product_id, tag_id) SELECT uuid_v7(), '01900000-0000-7000-8000-000000000001', id FROM tags WHERE slug = 'beauty'`);
    const before = await contentOf(sequelize);
    await expect(unloadDummyjson(sequelize)).rejects.toThrow('product_tags.tag_id (1)');
    expect(await contentOf(sequelize)).toEqual(before);
  });
});
