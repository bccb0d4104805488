import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Ctx } from '../../../src/context/context';
import type { DomainEvent } from '../../../src/events/definition/domain-event';
import { readFeed } from '../../../src/events/feed/read-feed';
import { eventCatalogue } from '../../../src/routes';

/** How a follower and its writers run. */
export interface FeedRun {
  readonly url: string;
  readonly ctx: Ctx;
  readonly writers: number;
  /** The writers stop once they have committed so many changes. */
  readonly changes: number;
  /** How long a slow transaction stays open, in milliseconds. */
  readonly holdMs: readonly [number, number];
}

/** What the follower saw, against what the database has. */
export interface FeedVerdict {
  readonly events: number;
  readonly committed: number;
  readonly rolledBack: number;
  readonly held: number;
  readonly missing: number;
  readonly repeated: number;
  /** Events that no committed change made. */
  readonly invented: number;
  /** Events of an object that came before an earlier version. */
  readonly outOfOrder: number;
  /** The same, had the feed been sorted by transaction id. */
  readonly outOfOrderByTransaction: number;
}

interface Tally {
  changes: number;
  rolledBack: number;
  held: number;
}

const HOT_ROWS = 5;

/** Follows the feed while writers commit, wait for each other, hold transactions open and roll back; returns what was missed or repeated. */
export async function followWhileWriting(run: FeedRun): Promise<FeedVerdict> {
  const setup = await connected(run.url);
  const { rows: hot } = await setup.query<{ id: string }>(
    `INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'Hot ' || n, 'hot-' || n FROM generate_series(1, ${HOT_ROWS}) n RETURNING id`,
  );
  const { cursor: start } = await readFeed(run.ctx, eventCatalogue, { after: 'latest', limit: 1 });
  const tally: Tally = { changes: 0, rolledBack: 0, held: 0 };
  const hotIds = hot.map(({ id }) => id);
  let isWriting = true;
  const writing = Promise.all(Array.from({ length: run.writers }, (_, index) => write(run, tally, hotIds, index))).finally(() => {
    isWriting = false;
  });
  const seen = await follow(run.ctx, start, () => isWriting);
  await writing;
  const verdict = await judge(setup, seen, hotIds);
  await setup.end();
  return { ...verdict, rolledBack: tally.rolledBack, held: tally.held };
}

async function write(
  { url, changes, holdMs: [min, max] }: FeedRun,
  tally: Tally,
  hotIds: readonly string[],
  writer: number,
): Promise<void> {
  const client = await connected(url);
  for (let turn = 0; tally.changes < changes; turn += 1) {
    const rows = 1 + Math.floor(Math.random() * 80);
    const kind = Math.random();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO tags (id, name, slug) SELECT uuid_v7(), 'T', 'w-${writer}-${turn}-' || n FROM generate_series(1, ${rows}) n`,
    );
    if (kind < 0.08) {
      tally.held += 1;
      await delay(min + Math.random() * (max - min));
    }
    // Waits for whoever holds the row, with a transaction id that may be older than theirs.
    const hotId = hotIds[Math.floor(Math.random() * hotIds.length)];
    for (const name of ['once', 'twice'])
      await client.query('UPDATE tags SET name = $1 WHERE id = $2', [`${name} ${writer} ${turn}`, hotId]);
    const isUndone = kind > 0.9;
    await client.query(isUndone ? 'ROLLBACK' : 'COMMIT');
    if (isUndone) tally.rolledBack += 1;
    else tally.changes += rows + 2;
  }
  await client.end();
}

/* Reads pages of changing sizes, as soon as there is something to read. */
async function follow(ctx: Ctx, start: string, isWriting: () => boolean): Promise<DomainEvent[]> {
  const seen: DomainEvent[] = [];
  let after = start;
  for (;;) {
    const wasWriting = isWriting();
    const { events, cursor, hasNext } = await readFeed(ctx, eventCatalogue, { after, limit: 1 + Math.floor(Math.random() * 700) });
    for (const { event } of events) seen.push(event);
    after = cursor;
    if (hasNext) continue;
    if (!wasWriting) return seen;
    await delay(5);
  }
}

async function judge(client: Client, seen: readonly DomainEvent[], hotIds: readonly string[]) {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id || CASE action WHEN 'CREATE' THEN '-created' ELSE '-updated' END AS id FROM audit_logs
     WHERE table_name = 'tags' AND NOT (action = 'CREATE' AND record_id = ANY ($1))`,
    [hotIds],
  );
  const committed = new Set(rows.map(({ id }) => id));
  const ids = new Set(seen.map(({ id }) => id));
  const { rows: disorder } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT (new_values ->> 'version')::int < lag((new_values ->> 'version')::int) OVER (PARTITION BY record_id ORDER BY xact_id, id) AS is_late
       FROM audit_logs WHERE table_name = 'tags') v WHERE is_late`,
  );
  return {
    events: seen.length,
    committed: committed.size,
    missing: [...committed].filter((id) => !ids.has(id)).length,
    repeated: seen.length - ids.size,
    invented: [...ids].filter((id) => !committed.has(id)).length,
    outOfOrder: outOfOrder(seen),
    outOfOrderByTransaction: disorder[0]?.count ?? 0,
  };
}

function outOfOrder(seen: readonly DomainEvent[]): number {
  const versions = new Map<string, number>();
  return seen.filter(({ object: { id, version } }) => {
    const last = versions.get(id) ?? 0;
    versions.set(id, version ?? 0);
    return (version ?? 0) <= last;
  }).length;
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
