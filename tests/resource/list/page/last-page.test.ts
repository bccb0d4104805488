import { makeProduct } from '../../../factories/products';
import { useShop } from '../../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

beforeAll(async () => {
  for (const [at, name] of NAMES.entries()) await makeProduct(shop, admin, { name, price: '10.00', brand: at % 2 ? null : 'Ours' });
});

const linkOf = (link: unknown, relation: string) => new RegExp(`<([^>]+)>; rel="${relation}"`).exec(String(link))?.[1];
const get = (path: string) => shop.call('get', path, { token: admin.token });
const namesOf = ({ body }: { body: { data: { name: string }[] } }) => body.data.map(({ name }) => name);

test.each(['name', '-name', 'brand,-price', '-createdAt'])(
  'links to the last page of a list whose total is known, and back from it to the first: sort=%s',
  async (sort) => {
    const all = namesOf(await get(`/v1/products?sort=${sort}`));
    const first = await get(`/v1/products?sort=${sort}&limit=3&total=true`);
    let page = await get(linkOf(first.headers.link, 'last') ?? '');
    expect(namesOf(page)).toEqual(all.slice(-3));
    expect(page.body.pagination).toMatchObject({ hasNext: false, nextCursor: null, total: 7 });
    expect(linkOf(page.headers.link, 'next')).toBeUndefined();
    const seen = [namesOf(page)];
    for (let before = linkOf(page.headers.link, 'prev'); before !== undefined; before = linkOf(page.headers.link, 'prev')) {
      page = await get(before);
      seen.unshift(namesOf(page));
    }
    expect(seen.flat()).toEqual(all);
    expect(namesOf(await get(linkOf(page.headers.link, 'next') ?? ''))).toEqual(all.slice(1, 4));
  },
);

test('links to no last page where the total is unknown, or nothing is there', async () => {
  expect(linkOf((await get('/v1/products?limit=3')).headers.link, 'last')).toBeUndefined();
  expect(linkOf((await get('/v1/products?limit=3&total=true&name=Z')).headers.link, 'last')).toBeUndefined();
});

test('refuses the cursor of the last page of another list', async () => {
  const { headers } = await get('/v1/products?sort=name&limit=3&total=true');
  const cursor = /cursor=(\w[\w-]*)/.exec(linkOf(headers.link, 'last') ?? '')?.[1];
  expect((await get(`/v1/products?sort=name&limit=3&cursor=${cursor}`)).status).toBe(200);
  expect((await get(`/v1/products?sort=-name&limit=3&cursor=${cursor}`)).body.code).toBe('invalid_cursor');
  expect((await get(`/v1/products?sort=name&cursor=f${String(cursor).slice(1)}`)).body.code).toBe('invalid_cursor');
});
