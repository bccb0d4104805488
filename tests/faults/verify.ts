import type { Client } from 'pg';
import type { Entry, Journal } from './journal';

const OPEN_TRANSACTIONS = "SELECT pid FROM pg_stat_activity WHERE usename = 'storekeeper_app' AND state LIKE 'idle in transaction%'";

/** PostgreSQL ends the transaction of a client that fell silent after this. */
export const IDLE_IN_TRANSACTION_MS = 4_000;

/** What must hold whatever happened, each as a query for the rows that break it. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'stock equals the opening count and its movements': `SELECT p.id FROM products p JOIN stock_movements m ON m.product_id = p.id
    GROUP BY p.id HAVING p.stock_quantity <> sum(m.delta)`,
  'stock is not negative': 'SELECT id FROM products WHERE stock_quantity < 0',
  'a balance equals its entries': `SELECT u.id FROM users u LEFT JOIN balance_entries e ON e.user_id = u.id
    GROUP BY u.id HAVING u.balance <> coalesce(sum(e.amount), 0)`,
  'an order equals its lines': `SELECT o.id FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
    GROUP BY o.id HAVING o.subtotal <> coalesce(sum(i.subtotal), -1)`,
  'refunds do not exceed the total': `SELECT o.id FROM orders o JOIN refunds r ON r.order_id = o.id
    GROUP BY o.id HAVING sum(r.amount) > o.total`,
  'a cancelled order has its goods back': `SELECT o.id FROM orders o JOIN stock_movements m ON m.order_id = o.id WHERE o.status = 'cancelled'
    GROUP BY o.id HAVING sum(m.delta) <> 0`,
  'an order took what its lines say': `SELECT o.id FROM orders o JOIN order_items i ON i.order_id = o.id
    LEFT JOIN stock_movements m ON m.order_id = o.id AND m.product_id = i.product_id AND m.reason = 'order'
    GROUP BY o.id, i.id HAVING coalesce(-sum(m.delta), 0) <> i.quantity`,
  'an order paid from a balance was paid once': `SELECT o.id FROM orders o JOIN balance_entries e ON e.order_id = o.id AND e.kind = 'order'
    GROUP BY o.id HAVING sum(e.amount) <> -o.total`,
  'no transaction is left open': OPEN_TRANSACTIONS,
};

/** What the database says of the writes of a journal. */
export interface Verdict {
  /** Faults of the API, each a sentence; none where all is well. */
  readonly breaches: readonly string[];
  /** How many writes of unknown outcome were committed. */
  readonly unknownCommitted: number;
}

/** Compares every answer with the audit log, which has its mark once for each change set, and checks the invariants. */
export async function verify(client: Client, journal: Journal): Promise<Verdict> {
  await untilSilentOnesEnd(client);
  const { rows } = await client.query<{ mark: string; change_sets: number }>(
    `SELECT reason AS mark, count(DISTINCT change_set_id)::int AS change_sets FROM audit_logs WHERE reason LIKE 'fault-%' GROUP BY reason`,
  );
  const committed = new Map(rows.map(({ mark, change_sets }) => [mark, change_sets]));
  const breaches = journal.entries.flatMap((entry) => breachesOf(entry, committed.get(entry.mark) ?? 0));
  for (const [rule, sql] of Object.entries(INVARIANTS)) {
    const broken = await client.query(sql);
    if (broken.rows.length > 0) breaches.push(`${rule}: broken by ${broken.rows.length} rows, such as ${JSON.stringify(broken.rows[0])}`);
  }
  const unknown = journal.entries.filter(({ outcome, mark }) => outcome === 'unknown' && committed.has(mark));
  return { breaches, unknownCommitted: unknown.length };
}

async function untilSilentOnesEnd(client: Client): Promise<void> {
  const end = performance.now() + 2 * IDLE_IN_TRANSACTION_MS;
  while (performance.now() < end && (await client.query(OPEN_TRANSACTIONS)).rows.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function breachesOf({ mark, kind, outcome, answer, mixUp }: Entry, changeSets: number): string[] {
  const breaches: string[] = [];
  if (mixUp) breaches.push(`${kind} ${mark} was answered with the ${mixUp} of another`);
  if (outcome === 'done' && changeSets !== 1) breaches.push(`${kind} ${mark} was acknowledged and is in the log ${changeSets} times`);
  if (outcome === 'not_done' && changeSets !== 0) breaches.push(`${kind} ${mark} was refused (${answer}) and is in the log`);
  if (changeSets > 1) breaches.push(`${kind} ${mark} was done ${changeSets} times`);
  return breaches;
}
