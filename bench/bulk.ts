import type { AddressInfo } from 'node:net';
import { signUp } from '../tests/factories/people';
import globalSetup from '../tests/support/global-setup';
import globalTeardown from '../tests/support/global-teardown';
import { recordStatements } from '../tests/support/query-recorder';
import { startShop } from '../tests/support/shop';

/*
 * Times bulk requests through HTTP, and counts their statements: `npm run bench:bulk`. The shop runs in this process, on the database server
 * of TEST_DATABASE_URL or an embedded one.
 */
const SIZES = [1, 10, 100, 1_000];
const ROUNDS = 5;

interface Line {
  readonly operation: string;
  readonly size: number;
  readonly milliseconds: number;
  /** The processor time of this process, client included. */
  readonly cpuMilliseconds: number;
  readonly statements: number;
}

async function measure(): Promise<readonly Line[]> {
  const shop = await startShop();
  try {
    const { token } = await signUp(shop, 'admin');
    const { port } = shop.server.address() as AddressInfo;
    const send = async (path: string, body: object) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const reply = (await response.json()) as { results?: { id: string }[] };
      if (response.status >= 300) throw new Error(JSON.stringify(reply));
      return reply.results?.map(({ id }) => id) ?? [];
    };
    const lines: Line[] = [];
    let names = 0;
    const product = () => ({ name: `Product ${++names}`, sku: `BENCH-${names}`, price: '9.90', stockQuantity: 5, status: 'active' });
    const timed = async (operation: string, size: number, work: () => Promise<string[]>) => {
      let ids: string[] = [];
      // Who calls is looked up every few seconds, which is not the request's own statement.
      await fetch(`http://127.0.0.1:${port}/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
      const [began, cpu] = [performance.now(), process.cpuUsage()];
      const statements = await recordStatements(async () => {
        ids = await work();
      });
      const { user, system } = process.cpuUsage(cpu);
      lines.push({
        operation,
        size,
        milliseconds: performance.now() - began,
        cpuMilliseconds: (user + system) / 1_000,
        statements: statements.length,
      });
      return ids;
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (const size of SIZES) {
        const creations = Array.from({ length: size }, () => ({ op: 'create', data: product() }));
        const ids = await timed('create', size, () => send('/v1/products/bulk', { operations: creations }));
        const each = (op: string, data?: object) => ({ operations: ids.map((id) => ({ op, id, ...(data && { data }) })) });
        await timed('update', size, () => send('/v1/products/bulk', each('update', { price: `${round + 1}.50`, featured: true })));
        await timed('delete', size, () => send('/v1/products/bulk', each('delete')));
        await timed('restore', size, () => send('/v1/products/bulk', each('restore')));
        await timed('update by filter', size, () =>
          send('/v1/products/bulk/update', {
            filter: { 'id[in]': ids.slice(0, 100) },
            limit: 1_000,
            data: { brand: `Brand ${round}` },
          }),
        );
      }
    }
    await timed('single POSTs', 100, async () => {
      for (let count = 0; count < 100; count++) await send('/v1/products', product());
      return [];
    });
    return lines;
  } finally {
    await shop.close();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function table(lines: readonly Line[]): string {
  const kinds = [...new Set(lines.map(({ operation, size }) => `${operation} ${size}`))];
  return kinds
    .map((kind) => {
      const own = lines.filter(({ operation, size }) => `${operation} ${size}` === kind);
      const time = median(own.map(({ milliseconds }) => milliseconds)).toFixed(0);
      const statements = median(own.map(({ statements }) => statements));
      const cpu = median(own.map(({ cpuMilliseconds }) => cpuMilliseconds)).toFixed(0);
      return `${kind.padEnd(24)} ${time.padStart(6)} ms ${cpu.padStart(6)} ms CPU ${String(statements).padStart(5)} statements`;
    })
    .join('\n');
}

async function main(): Promise<void> {
  await globalSetup();
  try {
    process.stdout.write(`${table(await measure())}\n`);
  } finally {
    await globalTeardown();
  }
}

void main();
