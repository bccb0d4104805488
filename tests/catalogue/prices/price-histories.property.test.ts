import fc from 'fast-check';
import { v7 } from 'uuid';
import { insertPrices } from '../../../src/catalogue/prices/changes/insert-prices.statement';
import { priceFault } from '../../../src/catalogue/prices/changes/price-faults';
import { quotePrices } from '../../../src/catalogue/prices/changes/quote-prices.statement';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { useShop } from '../../support/use-shop';
import { instantsOf, isSound, type ModelEntry, stateAt } from './support/price-model';

/* The same histories at each run, so that a failure comes from the change; `npm run test:prices` tries 10,000. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_129);
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);

jest.setTimeout(3_600_000);

const { shop } = useShop();
const DAY_MS = 86_400_000;
/* Days to come, from a day on; a few amounts and days, so that they meet. */
const day = fc.integer({ min: 1, max: 60 });
const amount = fc.integer({ min: 1, max: 8 });
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ set: amount }) },
  { weight: 4, arbitrary: fc.record({ regular: amount, on: day }) },
  { weight: 6, arbitrary: fc.record({ sale: amount, on: day, days: fc.option(fc.integer({ min: 1, max: 20 })) }) },
  { weight: 2, arbitrary: fc.record({ withdraw: fc.nat(20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Known extends ModelEntry {
  readonly id: string | null;
}

test('equals a brute-force model at every instant, whatever is set, scheduled and withdrawn', async () => {
  let accepted = 0;
  let refused = 0;
  let instants = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const history = new History();
      await history.begin();
      for (const each of steps) {
        if (await history.take(each)) accepted += 1;
        else refused += 1;
      }
      instants += await history.compare();
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: RUNS > 1_000 },
  );
  expect(accepted).toBeGreaterThan(RUNS);
  expect(refused).toBeGreaterThan(RUNS / 2);
  if (process.env.FUZZ_REPORT)
    process.stdout.write(`${RUNS} histories, ${accepted} steps taken, ${refused} refused, ${instants} instants compared\n`);
});

const ctx = () => systemContext(shop, 'test', 'A history of prices');

/* A product and what the model knows of it. */
class History {
  readonly #id = v7();
  /* Midnight, so that the days are the same for all. */
  readonly #today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  #entries: Known[] = [];

  async begin(): Promise<void> {
    const [row] = await shop.query<{ created_at: Date }>(
      `INSERT INTO products (id, name, slug, sku, price, created_at) VALUES ($1::uuid, 'A history', $1, $1, 5, now() - interval '1 hour') RETURNING created_at`,
      [this.#id],
    );
    this.#entries = [{ id: null, kind: 'regular', amount: 5, start: Number(row?.created_at), end: null }];
  }

  /* Returns whether the step is taken; database, check and model agree on that. */
  async take(each: Step): Promise<boolean> {
    if ('set' in each) return this.#set(each.set);
    if ('withdraw' in each) return this.#withdraw(each.withdraw);
    const at = this.#today + (each.on + 1) * DAY_MS;
    return 'regular' in each
      ? this.#schedule('regular', each.regular, at, null)
      : this.#schedule('sale', each.sale, at, each.days === null ? null : at + each.days * DAY_MS);
  }

  async #set(price: number): Promise<boolean> {
    const isTaken = await this.#try(() => shop.query('UPDATE products SET price = $2 WHERE id = $1::uuid', [this.#id, price]));
    const [now] = await shop.query<{ at: Date }>(
      `SELECT max(valid_from) AS at FROM price_entries WHERE product_id = $1::uuid AND valid_from <= now() + interval '1 hour'`,
      [this.#id],
    );
    const start = Number(now?.at ?? 0);
    const isNew =
      isTaken && start > Math.max(...this.#entries.filter(({ start: at }) => at < this.#today + DAY_MS).map(({ start: at }) => at));
    const wanted: Known = { id: null, kind: 'regular', amount: price, start: isNew ? start : Date.now() + 0.5, end: null };
    expect([this.#id, 'set', price, isTaken]).toEqual([this.#id, 'set', price, isSound([...this.#entries, wanted])]);
    if (isNew) this.#entries.push(wanted);
    return isTaken;
  }

  async #schedule(kind: 'regular' | 'sale', price: number, start: number, end: number | null): Promise<boolean> {
    const id = v7();
    const span = {
      currency: null,
      kind,
      validFrom: new Date(start).toISOString(),
      validTo: end === null ? null : new Date(end).toISOString(),
    };
    const [quote] = await unitOfWork(ctx(), (tx) => quotePrices(tx, [this.#id], { set: String(price) }, span));
    const entry = { id, productId: this.#id, currency: 'USD', amount: String(price) };
    const isTaken = await this.#try(() => unitOfWork(ctx(), (tx) => insertPrices(tx, [entry], span)));
    const wanted: Known = { id, kind, amount: price, start, end };
    const isRight = isSound([...this.#entries, wanted]);
    const isAccepted = quote !== undefined && priceFault(quote, span) === null;
    expect([this.#id, kind, price, span.validFrom, { isTaken, isAccepted }]).toEqual([
      this.#id,
      kind,
      price,
      span.validFrom,
      { isTaken: isRight, isAccepted: isRight },
    ]);
    if (isTaken) this.#entries.push(wanted);
    return isTaken;
  }

  async #withdraw(at: number): Promise<boolean> {
    const scheduled = this.#entries.filter(({ id }) => id !== null);
    const chosen = scheduled[at % scheduled.length];
    if (!chosen) return false;
    const left = this.#entries.filter((entry) => entry !== chosen);
    const isTaken = await this.#try(() => shop.query('DELETE FROM price_entries WHERE id = $1::uuid', [chosen.id]));
    expect([this.#id, 'withdraw', isTaken]).toEqual([this.#id, 'withdraw', isSound(left)]);
    if (isTaken) this.#entries = left;
    return isTaken;
  }

  /* Compares what is shown at each edge, a millisecond before it and after it, and now. */
  async compare(): Promise<number> {
    const edges = instantsOf(this.#entries).flatMap((at) => [at - 1, at, at + 1]);
    const now = Date.now();
    const instants = [...new Set([...edges, now, now + 61 * DAY_MS, now + 90 * DAY_MS])].filter(
      (at) => at >= Number(this.#entries[0]?.start),
    );
    const shown = await shop.query<Record<string, string | null>>(
      `SELECT s.* FROM products p, unnest($2::timestamptz[]) WITH ORDINALITY AS w (at, position), price_at(p.id, p.currency, w.at, coalesce(p.regular_price, p.price), p.created_at) s
       WHERE p.id = $1::uuid ORDER BY position`,
      [this.#id, instants.map((at) => new Date(at).toISOString())],
    );
    expect(shown.map(read)).toEqual(instants.map((at) => stateAt(this.#entries, at)));
    const [row] = await shop.query<Record<string, string | null>>(
      'SELECT price, coalesce(regular_price, price) AS regular_price, prior_price, on_sale_until, price_changes_at AS changes_at FROM products WHERE id = $1::uuid',
      [this.#id],
    );
    expect(read(row ?? {})).toEqual(stateAt(this.#entries, now));
    return instants.length;
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      // Refused by a guard of prices; anything else is a fault.
      if (
        !/price_entries/.test(
          String((error as { original?: { constraint?: string } }).original?.constraint ?? (error as { constraint?: string }).constraint),
        )
      )
        throw error;
      return false;
    }
  }
}

function read(row: Readonly<Record<string, unknown>>) {
  const [number, time] = [
    (value: unknown) => (value === null ? null : Number(value)),
    (value: unknown) => (value === null ? null : Number(value)),
  ];
  return {
    price: number(row.price),
    regularPrice: number(row.regular_price),
    priorPrice: number(row.prior_price),
    onSaleUntil: time(row.on_sale_until),
    changesAt: time(row.changes_at),
  };
}
