import type { AddressInfo } from 'node:net';
import { signUp } from '../tests/factories/people';
import { makeProduct } from '../tests/factories/products';
import globalSetup from '../tests/support/global-setup';
import globalTeardown from '../tests/support/global-teardown';
import { startShop } from '../tests/support/shop';

/*
 * Times writes and their dry runs in turn: `npm run bench:dry-run`. The shop runs in this process, on the database server of
 * TEST_DATABASE_URL or an embedded one.
 */
const ROUNDS = 400;
const WARM_UP = 100;
const CLIENTS = [1, 16];

interface Write {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly token: string;
  body(): object;
}

type Send = (write: Write, isDry: boolean) => Promise<void>;

async function measure(): Promise<readonly string[]> {
  const shop = await startShop();
  try {
    const admin = await signUp(shop, 'admin');
    const buyer = await signUp(shop);
    const { port } = shop.server.address() as AddressInfo;
    const send: Send = async ({ method, path, token, body }, isDry) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...(isDry && { Prefer: 'dry-run' }) };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: JSON.stringify(body()) });
      const text = await response.text();
      if (response.status >= 300) throw new Error(text);
    };
    const products = await Promise.all(Array.from({ length: 20 }, () => makeProduct(shop, admin, { stockQuantity: 1_000_000 })));
    let count = 0;
    const next = () => {
      count += 1;
      return count;
    };
    const productId = () => products[next() % products.length] as string;
    const writes: Readonly<Record<string, () => Write>> = {
      create: () => ({
        method: 'POST',
        path: '/v1/products',
        token: admin.token,
        body: () => ({ name: `Product ${next()}`, sku: `BENCH-${next()}`, price: '9.90', stockQuantity: 5 }),
      }),
      patch: () => ({ method: 'PATCH', path: `/v1/products/${productId()}`, token: admin.token, body: () => ({ price: `${next()}.90` }) }),
      order: () => ({
        method: 'POST',
        path: '/v1/orders',
        token: buyer.token,
        body: () => ({ items: [{ productId: productId(), quantity: 1 }], paymentMethod: 'external' }),
      }),
    };
    const lines: string[] = [];
    for (const clients of CLIENTS) {
      for (const [name, write] of Object.entries(writes)) lines.push(`${name.padEnd(8)} ${await compare(write, send, clients)}`);
    }
    return lines;
  } finally {
    await shop.close();
  }
}

/* Both in turn, so that what else the machine does meets both. */
async function compare(write: () => Write, send: Send, clients: number): Promise<string> {
  const times: Record<'real' | 'dry', number[]> = { real: [], dry: [] };
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round += 1) {
      for (const kind of ['real', 'dry'] as const) {
        const began = performance.now();
        await Promise.all(Array.from({ length: clients }, () => send(write(), kind === 'dry')));
        times[kind].push(performance.now() - began);
      }
    }
  };
  await rounds(Math.ceil(WARM_UP / clients));
  times.real = [];
  times.dry = [];
  await rounds(Math.ceil(ROUNDS / clients));
  const lines = [0.1, 0.5].map((share) => {
    const [real, dry] = [quantile(times.real, share), quantile(times.dry, share)];
    return `p${share * 100} real ${real.toFixed(2)} ms, dry ${dry.toFixed(2)} ms, ratio ${(dry / real).toFixed(2)}`;
  });
  return `${clients} at once: ${lines.join('; ')}`;
}

/* The tenth is what a write takes while the machine does little else. */
function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

async function main(): Promise<void> {
  await globalSetup();
  try {
    process.stdout.write(`${(await measure()).join('\n')}\n`);
  } finally {
    await globalTeardown();
  }
}

void main();
