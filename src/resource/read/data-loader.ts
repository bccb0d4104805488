import DataLoader from 'dataloader';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { queryShared } from '../../database/batching/shared-connections';
import type { ReadRow, ReadStatement } from './read-statement';

/** What a client asks for: the object of a key, without its body where the client holds the version of this ETag. */
export interface ReadKey {
  readonly key: string;
  readonly etag: string | null;
}

/** The most keys of one statement; PostgreSQL starts on them while the next ones are collected. */
const MAX_KEYS = 16;

/** The keys that one statement will read; it is sent at the end of the event loop's turn, or as soon as it is full. */
interface Batch {
  readonly loader: DataLoader<ReadKey, ReadRow | null>;
  size: number;
  send: () => void;
}

/** The open batches by statement, then by the statement's own parameters. */
type OpenBatches = Map<string, Map<string, Batch>>;
const bySequelize = new WeakMap<Sequelize, OpenBatches>();

/**
 * Returns the object of a key, or null where the actor sees none; reads of the same statement in one turn of the event loop run
 * together (docs/adr/0008).
 */
export function loadRow(ctx: Ctx, read: ReadStatement, key: ReadKey): Promise<ReadRow | null> {
  if (ctx.env.BATCHING === 'off') return query(ctx, read, [key]).then(([row = null]) => row);
  const batch = openBatch(ctx, read);
  batch.size += 1;
  const row = batch.loader.load(key);
  if (batch.size === MAX_KEYS) batch.send();
  return row;
}

/** Returns the statement with its keys. */
export function statementFor({ text, values }: ReadStatement, keys: readonly ReadKey[]) {
  return { text, values: [...values, keys.map(({ key }) => key), keys.map(({ etag }) => etag)] };
}

function openBatch(ctx: Ctx, read: ReadStatement): Batch {
  const batches: OpenBatches = bySequelize.get(ctx.sequelize) ?? new Map();
  bySequelize.set(ctx.sequelize, batches);
  const ofStatement = batches.get(read.text) ?? new Map<string, Batch>();
  batches.set(read.text, ofStatement);
  const parameters = JSON.stringify(read.values);
  const open = ofStatement.get(parameters);
  if (open) return open;
  const batch = newBatch(ctx, read, () => {
    ofStatement.delete(parameters);
    if (ofStatement.size === 0) batches.delete(read.text);
  });
  ofStatement.set(parameters, batch);
  return batch;
}

function newBatch(ctx: Ctx, read: ReadStatement, close: () => void): Batch {
  const load = (keys: readonly ReadKey[]) => {
    close();
    return query(ctx, read, keys);
  };
  const batchScheduleFn = (send: () => void) => {
    const endOfTurn = setImmediate(send);
    batch.send = () => {
      clearImmediate(endOfTurn);
      send();
    };
  };
  const batch: Batch = { loader: new DataLoader(load, { cache: false, batchScheduleFn }), size: 0, send: () => undefined };
  return batch;
}

async function query(ctx: Ctx, read: ReadStatement, keys: readonly ReadKey[]): Promise<(ReadRow | null)[]> {
  const rows = await queryShared<ReadRow>(ctx, statementFor(read, keys));
  const found: (ReadRow | null)[] = keys.map(() => null);
  for (const row of rows) found[row.position - 1] = row;
  return found;
}
