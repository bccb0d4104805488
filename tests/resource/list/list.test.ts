import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

interface Row {
  readonly id: string;
  readonly name: string;
  readonly brand: string | null;
  readonly price: string;
}

beforeAll(async () => {
  const brands = [null, 'Aged', null, 'Brisk', 'Aged', null, 'Crisp'];
  for (let index = 0; index < 23; index++) {
    await makeProduct(shop, manager, {
      brand: brands[index % brands.length],
      price: `${(index % 4) + 1}.50`,
      featured: index % 2 === 0,
      ...(index === 22 && { name: '100% back\\slash' }),
    });
  }
});

const page = async (query: string) => (await shop.call('get', `/v1/products?${query}`)).body as Answer;

interface Answer {
  readonly data: Row[];
  readonly pagination: { nextCursor: string | null; prevCursor: string | null; total?: number };
}

async function walk(query: string, from: 'nextCursor' | 'prevCursor', cursor: string | null = null): Promise<Row[]> {
  const rows: Row[] = [];
  let at = cursor;
  do {
    const { data, pagination } = await page(`${query}${at === null ? '' : `&cursor=${at}`}`);
    if (from === 'nextCursor') rows.push(...data);
    else rows.unshift(...data);
    at = pagination[from];
  } while (at !== null);
  return rows;
}

const SORTS = ['name', '-createdAt', 'brand', '-brand', 'price,-name', '-price,brand', 'brand,-price'];

test.each(SORTS)('sort=%s: walks the whole sorted list by cursor, forwards and backwards, with ties and nulls', async (sort) => {
  const whole = (await page(`sort=${sort}&limit=100`)).data;
  expect(whole).toHaveLength(23);
  expect((await page(`sort=${sort}&limit=4`)).pagination.prevCursor).toBeNull();
  const forward = await walk(`sort=${sort}&limit=4`, 'nextCursor');
  expect(forward.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  const second = await page(`sort=${sort}&limit=4&cursor=${(await page(`sort=${sort}&limit=12`)).pagination.nextCursor}`);
  const back = await walk(`sort=${sort}&limit=4`, 'prevCursor', second.pagination.prevCursor);
  expect(back.map(({ id }) => id)).toEqual(whole.slice(0, 12).map(({ id }) => id));
  const numbered = (await page(`sort=${sort}&limit=10&page=2`)).data;
  expect(numbered.map(({ id }) => id)).toEqual(whole.slice(10, 20).map(({ id }) => id));
});

test('sorts as PostgreSQL does: nulls last ascending, first descending', async () => {
  const brands = (await page('sort=brand&limit=100')).data.map(({ brand }) => brand);
  expect(brands.indexOf(null)).toBe(brands.filter((brand) => brand !== null).length);
});

test.each([
  ['price', 1],
  ['-price', -1],
] as const)('sort=%s: ties go by id, in the same direction', async (sort, direction) => {
  const rows = (await page(`sort=${sort}&limit=100`)).data;
  const tied = rows.filter(({ price }) => price === '2.50').map(({ id }) => id);
  expect(tied.length).toBeGreaterThan(3);
  expect(tied).toEqual([...tied].sort((a, b) => (a < b ? -direction : direction)));
});

test.each<[string, (row: Row) => boolean]>([
  ['price[gte]=2&price[lt]=4', ({ price }) => Number(price) >= 2 && Number(price) < 4],
  ['brand=Aged', ({ brand }) => brand === 'Aged'],
  ['brand[ne]=Aged', ({ brand }) => brand !== 'Aged'],
  ['brand[isnull]=true', ({ brand }) => brand === null],
  ['brand[in]=Aged,Crisp', ({ brand }) => brand === 'Aged' || brand === 'Crisp'],
  ['brand[nin]=Aged,Crisp', ({ brand }) => brand !== 'Aged' && brand !== 'Crisp'],
  ['name[startswith]=product 1', ({ name }) => name.startsWith('Product 1')],
  ['name[contains]=%25', ({ name }) => name.includes('%')],
  ['name[contains]=%5C', ({ name }) => name.includes('\\')],
  ['name[startswith]=_', () => false],
])('%s filters', async (filter, matches) => {
  const all = (await page('limit=100')).data;
  const found = await page(`limit=100&total=true&${filter}`);
  expect(found.data.map(({ id }) => id)).toEqual(all.filter(matches).map(({ id }) => id));
  expect(found.pagination.total).toBe(found.data.length);
});

test('refuses a cursor of another sort or other filters, or with a changed letter', async () => {
  const cursor = String((await page('sort=name&limit=5')).pagination.nextCursor);
  const changed = `${cursor.slice(0, -3)}${cursor.at(-3) === 'A' ? 'B' : 'A'}${cursor.slice(-2)}`;
  for (const query of [`sort=price&cursor=${cursor}`, `sort=name&brand=Aged&cursor=${cursor}`, `sort=name&cursor=${changed}`]) {
    const { status, body } = await shop.call('get', `/v1/products?${query}`);
    expect([status, body.code]).toEqual([400, 'invalid_cursor']);
  }
});

test('neither skips nor repeats a row of a walk while others come and go', async () => {
  const before = (await page('sort=name&limit=100')).data.map(({ id }) => id);
  const first = await page('sort=name&limit=10');
  const goneId = String(first.data[9]?.id);
  await shop.call('delete', `/v1/products/${goneId}`, { token: manager.token });
  const come = await makeProduct(shop, manager, { name: 'AAA comes first' });
  const rest = await walk('sort=name&limit=10', 'nextCursor', first.pagination.nextCursor);
  expect([...first.data, ...rest].map(({ id }) => id)).toEqual(before);
  await shop.call('post', `/v1/products/${goneId}/restore`, { token: manager.token });
  await shop.call('delete', `/v1/products/${come}`, { token: manager.token });
});

test('links the pages (RFC 8288)', async () => {
  const { headers } = await shop.call('get', '/v1/products?limit=5&page=2&sort=name');
  expect(headers.link).toBe(
    '</v1/products?limit=5&sort=name&page=1>; rel="first", </v1/products?limit=5&sort=name&page=1>; rel="prev", ' +
      '</v1/products?limit=5&sort=name&page=3>; rel="next", </v1/products?limit=5&sort=name&page=5>; rel="last"',
  );
});
