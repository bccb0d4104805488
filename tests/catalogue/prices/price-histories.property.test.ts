import fc from 'fast-check';
import { systemContext } from '../../../src/context/system-context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { useShop } from '../../support/use-shop';
import { type Attempt, History, priceStep } from './support/price-history';
import { quoteOf } from './support/quote-of';

/* The same histories at each run, so that a failure comes from the change; `npm run test:prices` tries 10,000. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_129);
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
/* Histories that go on side by side: what is accepted of a step of each is one statement. */
const TOGETHER = Math.min(RUNS, 50);

jest.setTimeout(3_600_000);

const { shop } = useShop();

test('equals a brute-force model at every instant, whatever is set, scheduled and withdrawn', async () => {
  let accepted = 0;
  let refused = 0;
  let instants = 0;
  const histories = fc.array(fc.array(priceStep, { minLength: 1, maxLength: 10 }), { minLength: TOGETHER, maxLength: TOGETHER });
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const running = steps.map((of) => ({ history: new History(), steps: of }));
      const all = running.map(({ history }) => history);
      await begin(all);
      for (let at = 0; at < Math.max(...steps.map(({ length }) => length)); at++) {
        const attempts = running.flatMap((each) => each.history.attempt(each.steps[at]));
        await requireEqualQuotes(attempts);
        for (const attempt of attempts) if (!attempt.isSound) await expectRefusal(attempt);
        const sound = attempts.filter(({ isSound }) => isSound);
        await write(sound);
        accepted += sound.length;
        refused += attempts.length - sound.length;
      }
      instants += await compare(all);
    }),
    { seed: SEED, numRuns: Math.ceil(RUNS / TOGETHER), endOnFailure: RUNS > 1_000 },
  );
  expect(accepted).toBeGreaterThan(RUNS);
  expect(refused).toBeGreaterThan(RUNS / 2);
  if (process.env.FUZZ_REPORT)
    process.stdout.write(`${RUNS} histories, ${accepted} steps taken, ${refused} refused, ${instants} instants compared\n`);
});

async function begin(histories: readonly History[]): Promise<void> {
  const ids = histories.map(({ id }) => id);
  const rows = await shop.query<{ id: string; created_at: Date }>(
    `INSERT INTO products (id, name, slug, sku, price, created_at)
     SELECT w.id, 'A history', w.id::text, w.id::text, 5, now() - interval '1 hour' FROM unnest($1::uuid[]) AS w (id) RETURNING id::text, created_at`,
    [ids],
  );
  const times = new Map(rows.map(({ id, created_at: at }) => [id, Number(at)]));
  for (const history of histories) history.begin(Number(times.get(history.id)));
}

/* The check before a write says the same as the model. */
async function requireEqualQuotes(attempts: readonly Attempt[]): Promise<void> {
  const scheduled = attempts.filter(({ entry }) => entry !== null);
  const isAccepted = await unitOfWork(systemContext(shop, 'test', 'A history of prices'), async (tx) => {
    const quoted: boolean[] = [];
    for (const attempt of scheduled) quoted.push(await quoteOf(tx, attempt));
    return quoted;
  });
  expect(scheduled.map((attempt, at) => ({ ...attempt.shown, isAccepted: isAccepted[at] }))).toEqual(
    scheduled.map((attempt) => ({ ...attempt.shown, isAccepted: attempt.isSound })),
  );
}

async function expectRefusal(attempt: Attempt): Promise<void> {
  await expect(write([attempt]).then(() => attempt.shown)).rejects.toMatchObject({
    original: { constraint: expect.stringContaining('price_entries') },
  });
}

async function write(attempts: readonly Attempt[]): Promise<void> {
  const prices = attempts.filter(({ price }) => price !== null);
  const entries = attempts.flatMap(({ entry }) => entry ?? []);
  const withdrawn = attempts.flatMap(({ withdraws }) => withdraws ?? []);
  const ids = prices.map(({ history }) => history.id);
  if (prices.length > 0) {
    await shop.query('UPDATE products p SET price = w.price FROM unnest($1::uuid[], $2::numeric[]) AS w (id, price) WHERE w.id = p.id', [
      ids,
      prices.map(({ price }) => price),
    ]);
  }
  if (entries.length > 0) {
    const column = (name: keyof (typeof entries)[number]) => entries.map((entry) => entry[name]);
    await shop.query(
      `INSERT INTO price_entries (id, product_id, kind, amount, valid_from, valid_to, currency)
       SELECT w.*, 'USD' FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::numeric[], $5::timestamptz[], $6::timestamptz[]) AS w`,
      [column('id'), column('productId'), column('kind'), column('amount'), column('validFrom'), column('validTo')],
    );
  }
  if (withdrawn.length > 0) await shop.query('DELETE FROM price_entries WHERE id = ANY ($1::uuid[])', [withdrawn]);
  for (const attempt of attempts) attempt.take();
  const begun = await shop.query<{ id: string; at: Date }>(
    `SELECT product_id::text AS id, max(valid_from) AS at FROM price_entries
     WHERE product_id = ANY ($1::uuid[]) AND valid_from <= now() + interval '1 hour' GROUP BY 1`,
    [ids],
  );
  const times = new Map(begun.map(({ id, at }) => [id, Number(at)]));
  for (const { history, price } of prices) history.begun(Number(price), times.get(history.id) ?? 0);
}

/* Compares what is shown at each edge, a millisecond before it and after it, and now. */
async function compare(histories: readonly History[]): Promise<number> {
  const now = Date.now();
  const wanted = histories.flatMap((history) => history.instants(now).map((at) => ({ history, at })));
  const ids = wanted.map(({ history }) => history.id);
  const shown = await shop.query<Record<string, string | null>>(
    `SELECT s.* FROM unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY AS w (id, at, position) JOIN products p ON p.id = w.id,
       price_at(p.id, p.currency, w.at, coalesce(p.regular_price, p.price), p.created_at) s ORDER BY position`,
    [ids, wanted.map(({ at }) => new Date(at).toISOString())],
  );
  const name = (at: number) => ({ id: ids[at], at: wanted[at]?.at });
  expect(shown.map((row, at) => ({ ...name(at), ...read(row) }))).toEqual(
    wanted.map(({ history, at: time }, at) => ({ ...name(at), ...history.stateAt(time) })),
  );
  const rows = await shop.query<Record<string, string | null>>(
    `SELECT p.price, coalesce(p.regular_price, p.price) AS regular_price, p.prior_price, p.on_sale_until, p.price_changes_at AS changes_at
     FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, position) JOIN products p ON p.id = w.id ORDER BY position`,
    [histories.map(({ id }) => id)],
  );
  expect(rows.map(read)).toEqual(histories.map((history) => history.stateAt(now)));
  return wanted.length;
}

function read(row: Readonly<Record<string, unknown>>) {
  const number = (value: unknown) => (value === null ? null : Number(value));
  return {
    price: number(row.price),
    regularPrice: number(row.regular_price),
    priorPrice: number(row.prior_price),
    onSaleUntil: number(row.on_sale_until),
    changesAt: number(row.changes_at),
  };
}
