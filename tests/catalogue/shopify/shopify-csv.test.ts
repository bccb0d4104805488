import { runJobs } from '../../jobs/support/run-jobs';
import { ASYNC, importCalls } from '../../resource/transfer/support/import-calls';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });
const { send, report } = importCalls(shop, manager);

const PATH = '/v1/products/import?layout=shopify';
const OLDER =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,' +
  'Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,Status';
const CHAI = 'chai,Chai,<p>Ten boxes</p>,Exotic Liquids,Beverages,"tea, Hot drinks",TRUE';
const outcome = ({ created, updated, unchanged, failed }: Record<string, unknown>) => ({ created, updated, unchanged, failed });
const call = async (path: string) => (await shop.call('get', path, { token: manager.token })).body;
const group = (slug: string) => call(`/v1/product-groups/slug:${slug}?include=products,images`);

const FILE = [
  OLDER,
  `${CHAI},Size,10 boxes,Taste,Mild,CHAI-10-M,500,39,18.00,20.00,4006381333931,https://cdn.example/chai.webp,1,A box of chai,FALSE,active`,
  'chai,,,,,,,,20 boxes,,Mild,CHAI-20-M,1000,5,34.00,,ABC,,,,,',
  'chai,,,,,,,,10 boxes,,Strong,,500,0,19.00,,,https://cdn.example/chai-strong.webp,2,,,',
  'chai,,,,,,,,,,,,,,,,,https://cdn.example/chai-back.webp,3,The back,,',
  'aniseed-syrup,Aniseed Syrup,,Exotic Liquids,Condiments,,FALSE,Title,Default Title,,,ANISEED,,13,10.00,,,https://cdn.example/syrup.webp,1,,FALSE,active',
].join('\n');

describe('a product CSV of Shopify', () => {
  test('becomes groups with a product per variant, plain products, tags and images, and names what is not kept', async () => {
    const { status, body } = await send(PATH, FILE);
    expect([status, outcome(body), body.errors]).toEqual([200, { created: 5, updated: 0, unchanged: 0, failed: 0 }, []]);
    expect([body.layout, body.ignoredColumns]).toEqual(['shopify', ['Gift Card']]);
    const chai = await group('chai');
    expect(chai).toMatchObject({
      name: 'Chai',
      description: '<p>Ten boxes</p>',
      options: [
        { name: 'Size', values: ['10 boxes', '20 boxes'] },
        { name: 'Taste', values: ['Mild', 'Strong'] },
      ],
      priceRange: { min: '18.00', max: '34.00' },
      products: [
        {
          name: 'Chai – 10 boxes / Mild',
          price: '18.00',
          regularPrice: '20.00',
          priorPrice: '20.00',
          onSaleUntil: null,
          sku: 'CHAI-10-M',
          brand: 'Exotic Liquids',
          stockQuantity: 39,
          gtin: '04006381333931',
          status: 'active',
          attributes: { type: 'Beverages', weightGrams: 500 },
        },
        { sku: 'CHAI-20-M', priorPrice: null, optionValues: { Size: '20 boxes', Taste: 'Mild' }, attributes: { barcode: 'ABC' } },
        { sku: 'CHAI-10-BOXES-STRONG', price: '19.00', stockQuantity: 0 },
      ],
    });
    const first = await call(`/v1/products/${chai.products[0].id}?include=tags`);
    expect(first.tags.map(({ slug }: { slug: string }) => slug)).toEqual(['hot-drinks', 'tea']);
    expect(chai.images.map(({ url, altText }: { url: string; altText: string }) => [url, altText])).toEqual([
      ['https://cdn.example/chai.webp', 'A box of chai'],
      ['https://cdn.example/chai-strong.webp', null],
      ['https://cdn.example/chai-back.webp', 'The back'],
    ]);
    expect(await call('/v1/products/slug:aniseed-syrup')).toMatchObject({
      sku: 'ANISEED',
      name: 'Aniseed Syrup',
      groupId: null,
      status: 'inactive',
      stockQuantity: 13,
    });
  });

  test('changes nothing when it is imported again, also after a sale', async () => {
    const { products } = await group('chai');
    await shop.call('post', '/v1/stock-movements', {
      token: manager.token,
      body: { productId: products[0].id, delta: -1, reason: 'adjustment' },
    });
    const { body } = await send(PATH, FILE);
    expect([outcome(body), body.errors]).toEqual([{ created: 0, updated: 0, unchanged: 5, failed: 0 }, []]);
    expect((await group('chai')).products[0].stockQuantity).toBe(38);
  });

  test('of the newer template adds variants, values and changes by SKU and handle', async () => {
    const { body } = await send(
      PATH,
      [
        'Title,URL handle,Description,Option1 name,Option1 value,Option2 name,Option2 value,SKU,Price,Inventory quantity,Published on online store',
        'Chai tea,chai,Fresh,Size,30 boxes,Taste,Mild,CHAI-30-M,50.00,7,TRUE',
        ',chai,,,20 boxes,,Mild,CHAI-20-M,35.00,5,',
      ].join('\n'),
    );
    expect([outcome(body), body.errors]).toEqual([{ created: 1, updated: 1, unchanged: 0, failed: 0 }, []]);
    const chai = await group('chai');
    expect([chai.name, chai.description, chai.options[0].values, chai.products.length]).toEqual([
      'Chai tea',
      'Fresh',
      ['10 boxes', '20 boxes', '30 boxes'],
      4,
    ]);
    expect(chai.products[1]).toMatchObject({ sku: 'CHAI-20-M', price: '35.00', name: 'Chai tea – 20 boxes / Mild' });
  });

  test('reports each row that is wrong, and a mended row is sent again alone', async () => {
    const header = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src';
    const { body } = await send(
      PATH,
      [
        header,
        'tofu,Tofu,Weight [net],100 g,TOFU-1,dear,',
        'tofu,,,200 g,TOFU-2,3.00,',
        'tofu,,,300 g,TOFU-2,4.00,',
        'tofu,,,200 g,TOFU-3,4.00,',
        'tofu,,,,,,not an address',
        ',,,,,',
        `konbu,Konbu,Weight,${'x'.repeat(101)},KONBU-1,6.00,`,
      ].join('\n'),
    );
    expect(outcome(body)).toEqual({ created: 1, updated: 0, unchanged: 0, failed: 6 });
    expect(body.errors.map(({ line, field, code }: Record<string, unknown>) => `${line} ${field} ${code}`)).toEqual([
      '2 price wrong_format',
      '4 sku duplicate',
      '5 optionValues taken',
      '6 imageUrl wrong_format',
      '7  too_few_cells',
      '8  group_refused',
    ]);
    expect((await shop.call('get', '/v1/product-groups/slug:konbu', { token: manager.token })).status).toBe(404);
    const mended = await send(PATH, `${header}\ntofu,,,100 g,TOFU-1,2.00,`);
    expect([outcome(mended.body), mended.body.errors]).toEqual([{ created: 1, updated: 0, unchanged: 0, failed: 0 }, []]);
    const tofu = await group('tofu');
    expect(tofu.products.map(({ name }: { name: string }) => name)).toEqual(['Tofu – 200 g', 'Tofu – 100 g']);
    expect(tofu.options[0].name).toBe('Weight (net)');
  });

  test('reduces a price, changes the reduction and ends it, as the price to compare at says', async () => {
    const load = async (...prices: string[]) => {
      const { body } = await send(
        PATH,
        ['Handle,Title,Variant SKU,Variant Price,Variant Compare At Price', `mate,Mate,MATE,${prices}`].join('\n'),
      );
      const { price, regularPrice, priorPrice } = await call('/v1/products/slug:mate');
      return [outcome(body), [price, regularPrice, priorPrice], body.errors[0]?.code];
    };
    const one = (what: string) => ({ created: 0, updated: 0, unchanged: 0, failed: 0, [what]: 1 });
    expect(await load('8.00', '8.00')).toEqual([one('created'), ['8.00', '8.00', null], undefined]);
    expect(await load('6.00', '8.00')).toEqual([one('updated'), ['6.00', '8.00', '8.00'], undefined]);
    expect(await load('6.00', '8.00')).toEqual([one('unchanged'), ['6.00', '8.00', '8.00'], undefined]);
    expect(await load('3.00', '5.00')).toEqual([one('updated'), ['3.00', '5.00', expect.anything()], undefined]);
    expect(await load('9.00', 'much')).toEqual([one('failed'), ['3.00', '5.00', expect.anything()], 'wrong_format']);
    expect(await load('7.00', '')).toEqual([one('updated'), ['7.00', '7.00', null], undefined]);
  });

  test('is refused without a column that tells the products apart, and with an unknown layout', async () => {
    expect(await send(PATH, 'Vendor,Price\nA,1.00')).toMatchObject({ status: 422, body: { code: 'invalid_file' } });
    expect((await send('/v1/products/import?layout=excel', FILE)).status).toBe(400);
  });

  test('of many rows is imported by jobs, each product whole however the batches fall', async () => {
    const rows = Array.from({ length: 340 }, (_, n) => [
      `shirt-${n},Shirt ${n},Size,S,SHIRT-${n}-S,9.00`,
      `shirt-${n},,,M,SHIRT-${n}-M,9.00`,
      `shirt-${n},,,L,SHIRT-${n}-L,9.00`,
    ]).flat();
    const { body } = await send(PATH, ['Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price', ...rows].join('\n'), ASYNC);
    await runJobs(shop);
    expect(await report(body.id)).toMatchObject({ status: 'done', created: 1_020, failed: 0 });
    const [sizes] = await shop.query(
      `SELECT count(*)::int AS groups, min(n)::int AS min, max(n)::int AS max FROM (
        SELECT count(p.id) AS n FROM product_groups g JOIN products p ON p.group_id = g.id WHERE g.slug LIKE 'shirt-%' GROUP BY g.id) s`,
    );
    expect(sizes).toEqual({ groups: 340, min: 3, max: 3 });
  });
});
