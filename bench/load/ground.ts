import { signAccessToken } from '../../src/accounts/sessions/tokens/access-token';
import { CUSTOMERS, idOf } from '../database/numbers';
import { type Ground, type Held, productPath, relatedProductPath, UNCHANGED } from './jobs';

const DAY_S = 86_400;

/** Signs the customers in and walks all products once, for cursors of every depth and the ETags of some products. */
export async function prepareGround(url: string, secret: string, products: number, log: (line: string) => void): Promise<Ground> {
  const signIn = (customer: number) => signAccessToken(secret, idOf('user', customer), idOf('session', customer), new Date(), DAY_S);
  const tokens = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => signIn(index + 1)));
  const cursors: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await fetch(`${url}/v1/products?limit=100&fields=id${cursor && `&cursor=${cursor}`}`);
    const { pagination } = (await answer.json()) as { pagination: { nextCursor: string | null } };
    cursor = pagination.nextCursor;
    if (cursor !== null) cursors.push(cursor);
    if (cursors.length % 1_000 === 999) log(`walked ${cursors.length * 100} of ${products} products`);
  }
  const unchanged = await held(url, products, relatedProductPath);
  return { products, tokens, cursors, unchanged, bareUnchanged: await held(url, products, productPath) };
}

/* The ETags of the products that no order takes. */
async function held(url: string, products: number, pathOf: (n: number) => string): Promise<Held[]> {
  const all: Held[] = [];
  for (let n = products - UNCHANGED + 1; n <= products; n += 1) {
    const { headers } = await fetch(`${url}${pathOf(n)}`);
    all.push({ path: pathOf(n), etag: headers.get('etag') ?? '' });
  }
  return all;
}
