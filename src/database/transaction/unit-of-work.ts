import { backOff } from 'exponential-backoff';
import type { Client } from 'pg';
import type { Transaction } from 'sequelize';
import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../context/context';
import { inOneWrite } from '../batching/in-one-write';
import { inShare } from '../pool/pool-shares';
import { acquireInTime } from '../pool/waits/acquire-in-time';
import { type Deadline, deadlineOf } from '../pool/waits/deadline';
import { rowQueueOf } from '../pool/waits/row-queue';
import { type DatabaseFault, databaseFault } from '../sql/database-error';
import { queryOn, type Statement } from '../sql/statement';
import { actorVariables } from './actor-variables';
import { type Isolation, type Opening, type OpeningOptions, rowsOfOpening, type SessionVariables } from './begin';
import { commitOn, OutcomeUnknownError } from './commit';

const RETRIED_SQLSTATES = new Set(['40001', '40P01']);
/* A twin under the same idempotency key has recorded its reply since this unit made its claim. */
const RECORD_OF_TWIN = 'idempotency_keys_pk';
const MAX_ATTEMPTS = 10;

const unitsOfWork = new WeakSet<Transaction>();

/** Returns whether the transaction belongs to a unit of work, so that the database knows its actor. */
export function isUnitOfWork(transaction: Transaction | null | undefined): boolean {
  return transaction != null && unitsOfWork.has(transaction);
}

/** What lets a unit of work take effect once, whoever repeats it. */
export interface Once<T> {
  /** A query that claims the work, sent with BEGIN; it must wait for nothing. */
  readonly claim: string;
  /** Returns the result where the work is done already, null where it is to be done; what it throws ends the unit. */
  resultOf(rows: readonly object[]): T | null;
  /** Returns the statement that records the result, sent with COMMIT; where another unit has recorded one, this one is repeated. */
  record(result: T): Statement | null;
}

export interface UnitOfWorkOptions<T = unknown> {
  /** READ COMMITTED by default. */
  readonly isolation?: Isolation;
  /** Further session variables for triggers, such as `app.stock_reason`. */
  readonly variables?: SessionVariables;
  /** The change set that it belongs to, where several units are one change, as in an import; one of its own by default. */
  readonly changeSetId?: string;
  /** The ids of rows that it will lock, as far as they are known: others of this process wait for them without a connection. */
  readonly rows?: readonly string[];
  /** The share of the pool; `write` by default, `job` in the background. */
  readonly share?: 'write' | 'session';
  readonly once?: Once<T>;
}

/**
 * Runs the work in one transaction that carries actor, request and reason into the database, and commits it.
 * A serialization failure or deadlock (SQLSTATE 40001, 40P01), also one at COMMIT, repeats the whole work up to nine times with
 * full jitter, so the work must be safe to repeat. Effects registered with `afterCommit` run once, after the commit. Throws
 * `OutcomeUnknownError`, and repeats nothing, where the answer to COMMIT was lost; the effects run then, too. Throws `busy` (503) where
 * it waits too long for its rows or for a connection. In a dry run it is rolled back instead, and no effect runs.
 */
export async function unitOfWork<T>(ctx: Ctx, work: (tx: TxContext) => Promise<T>, options: UnitOfWorkOptions<T> = {}): Promise<T> {
  const { sequelize } = ctx;
  const deadline = deadlineOf(sequelize);
  const opened = () => attempt(ctx, options, deadline, work);
  const once = () => inShare(sequelize, options.share ?? (ctx.isBackground ? 'job' : 'write'), { deadline }, opened);
  return rowQueueOf(sequelize).run(options.rows ?? [], deadline, () => retried(once));
}

/** Returns how a unit of work of this context begins: with its actor, and a change set of its own. */
export function openingOf(
  ctx: Ctx,
  { isolation = 'READ COMMITTED', variables, changeSetId = v7() }: Pick<UnitOfWorkOptions, 'isolation' | 'variables' | 'changeSetId'>,
): Opening {
  return { isolation, variables: { 'app.change_set_id': changeSetId, ...actorVariables(ctx), ...variables } };
}

const lostRaces = new WeakSet<object>();

/** Lets the unit of work that this database error ends be repeated, because another one only came first. */
export function repeatUnit(error: unknown): void {
  if (typeof error === 'object' && error !== null) lostRaces.add(error);
}

/** Repeats a whole unit of work after a serialization failure or deadlock, or where `repeatUnit` has been called. */
export function retried<T>(unit: () => Promise<T>): Promise<T> {
  return backOff(unit, {
    numOfAttempts: MAX_ATTEMPTS,
    startingDelay: 10,
    maxDelay: 400,
    jitter: 'full',
    retry: (error: unknown) => lostRaces.has(error as object) || isLostRace(databaseFault(error)),
  });
}

function isLostRace(fault: DatabaseFault | null): boolean {
  return fault !== null && (RETRIED_SQLSTATES.has(fault.sqlstate) || fault.constraint === RECORD_OF_TWIN);
}

async function attempt<T>(ctx: Ctx, options: UnitOfWorkOptions<T>, deadline: Deadline, work: (tx: TxContext) => Promise<T>): Promise<T> {
  const { once } = options;
  const effects: (() => void)[] = [];
  const opening: OpeningOptions = { opening: { ...openingOf(ctx, options), query: once?.claim } };
  const begin = () => ctx.sequelize.transaction(opening);
  const transaction = await acquireInTime({ deadline }, begin, (late) => void rollBack(late as unknown as StartedTransaction));
  unitsOfWork.add(transaction);
  const started = transaction as unknown as StartedTransaction;
  let result: T;
  let last: Statement | null;
  try {
    const earlier = once?.resultOf(rowsOfOpening(transaction)) ?? null;
    if (earlier !== null) {
      await rollBack(started);
      return earlier;
    }
    const tx: TxContext = { ...ctx, transaction, afterCommit: (effect) => effects.push(effect) };
    result = await work(tx);
    if (ctx.dryRun) {
      await undo(tx, started);
      return result;
    }
    last = once?.record(result) ?? null;
  } catch (error) {
    if (!started.finished) await rollBack(started);
    throw error;
  }
  try {
    await commit(started, last);
  } catch (error) {
    if (error instanceof OutcomeUnknownError) for (const effect of effects) effect();
    throw error;
  }
  for (const effect of effects) effect();
  return result;
}

/*
 * Sequelize's own commit destroys the connection after any error, with which it would be lost whether the work was undone; and it takes
 * the ROLLBACK that answers the COMMIT of a failed transaction for a commit.
 */
interface StartedTransaction {
  readonly connection: Client;
  finished?: 'commit' | 'rollback';
  /** Returns the connection to the pool, which discards a broken one. */
  cleanup(): void;
}

async function commit(transaction: StartedTransaction, last: Statement | null): Promise<void> {
  const { connection } = transaction;
  transaction.finished = 'commit';
  let failure: Promise<unknown> = Promise.resolve(null);
  try {
    const { command } = await commitOn(connection, () =>
      inOneWrite(connection, () => {
        if (last)
          failure = queryOn(connection, last).then(
            () => null,
            (error: unknown) => error,
          );
        return connection.query('COMMIT');
      }),
    );
    if (command !== 'ROLLBACK') return;
    throw (await failure) ?? new Error('A unit of work went on after a failed statement, so PostgreSQL rolled it back.');
  } finally {
    transaction.cleanup();
  }
}

/* Both in one round trip: what is looked at is asked for before the rollback, and answered before it. */
async function undo(tx: TxContext, transaction: StartedTransaction): Promise<void> {
  const [looked] = await Promise.allSettled([tx.beforeRollback?.(tx), rollBack(transaction)]);
  if (looked.status === 'rejected') throw looked.reason;
}

/* Where the session cannot roll back, its end does. */
async function rollBack(transaction: StartedTransaction): Promise<void> {
  const { connection } = transaction;
  transaction.finished = 'rollback';
  await connection.query('ROLLBACK').catch(() => void connection.end());
  transaction.cleanup();
}
