import type { Ground } from './load';

const PASSWORD = 'the password of one run of faults';
const PRODUCTS = 12;
const CATEGORIES = 4;
const BUYERS = 8;

type Json = Record<string, unknown>;

/** The settings that the ground needs. */
export const GROUND_SETTINGS = { ADMIN_EMAIL: 'admin@storekeeper.example', ADMIN_PASSWORD: PASSWORD, ACCESS_TOKEN_TTL_S: '86400' };

/** Creates products with stock, categories, and buyers with money, over HTTP. */
export async function prepareGround(url: string): Promise<Ground> {
  const administrator = await tokenOf(url, GROUND_SETTINGS.ADMIN_EMAIL);
  const call = (path: string, body: Json) => post(url, path, body, administrator);
  const categories = await times(CATEGORIES, async (index) => idOf(await call('/v1/categories', { name: `Category ${index}` })));
  const products = await times(PRODUCTS, async (index) =>
    idOf(
      await call('/v1/products', {
        name: `Product ${index}`,
        sku: `FAULT-${index}`,
        price: `${3 + index}.35`,
        stockQuantity: 500,
        status: 'active',
        categoryId: categories[index % categories.length],
      }),
    ),
  );
  const buyers = await times(BUYERS, async (index) => {
    const email = `buyer-${index}@storekeeper.example`;
    const names = { username: `buyer-${index}`, firstName: 'Buyer', lastName: String(index) };
    const id = idOf(await post(url, '/v1/auth/register', { email, password: PASSWORD, ...names }));
    await call(`/v1/users/${id}/balance/entries`, { amount: '2000.00', kind: 'credit' });
    return { id, token: await tokenOf(url, email) };
  });
  return { administrator, categories, products, buyers };
}

async function tokenOf(url: string, email: string): Promise<string> {
  return String((await post(url, '/v1/auth/login', { email, password: PASSWORD })).accessToken);
}

async function post(url: string, path: string, body: Json, token?: string): Promise<Json> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} → ${response.status}\n${text}`);
  return JSON.parse(text) as Json;
}

const idOf = ({ id }: Json) => String(id);

async function times<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index += 1) made.push(await make(index));
  return made;
}
