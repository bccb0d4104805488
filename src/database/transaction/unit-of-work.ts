import { backOff } from 'exponential-backoff';
import type { Transaction } from 'sequelize';
import type { Ctx, TxContext } from '../../context/context';
import { databaseFault } from '../sql/database-error';
import { auditSettings } from './actor-settings';
import type { Isolation, Opening, OpeningOptions, Settings } from './begin';

const RETRIED = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 10;

const openTransactions = new WeakSet<Transaction>();

/** Whether the transaction was begun by a unit of work, and so carries its actor into the database. */
export function isUnitOfWork(transaction: Transaction | null | undefined): boolean {
  return transaction != null && openTransactions.has(transaction);
}

export interface UnitOfWorkOptions {
  /** READ COMMITTED unless told. */
  readonly isolation?: Isolation;
  /** Settings for triggers beside those of the audit, such as `app.stock_reason`. */
  readonly settings?: Settings;
}

/**
 * Runs the work in one transaction that carries actor, request and reason into the database, and commits it.
 * A serialization failure or deadlock (SQLSTATE 40001, 40P01), be it at COMMIT, repeats the whole work up to nine times with
 * full jitter: the work must be safe to repeat. Effects noted with `afterCommit` run once, after the commit.
 */
export async function unitOfWork<T>(ctx: Ctx, work: (tx: TxContext) => Promise<T>, options: UnitOfWorkOptions = {}): Promise<T> {
  const opening = openingOf(ctx, options);
  return repeated(() => attempt(ctx, { opening }, work));
}

/** How a unit of work of this context begins. */
export function openingOf(ctx: Ctx, { isolation = 'READ COMMITTED', settings }: UnitOfWorkOptions): Opening {
  return { isolation, settings: { ...auditSettings(ctx), ...settings } };
}

/** Repeats a whole unit of work where PostgreSQL asks for it. */
export function repeated<T>(unit: () => Promise<T>): Promise<T> {
  return backOff(unit, {
    numOfAttempts: MAX_ATTEMPTS,
    startingDelay: 10,
    maxDelay: 400,
    jitter: 'full',
    retry: (error: unknown) => RETRIED.has(databaseFault(error)?.sqlstate ?? ''),
  });
}

async function attempt<T>(ctx: Ctx, opening: OpeningOptions, work: (tx: TxContext) => Promise<T>): Promise<T> {
  const effects: (() => void)[] = [];
  const result = await ctx.sequelize.transaction(opening, (transaction) => {
    openTransactions.add(transaction);
    return work({ ...ctx, transaction, afterCommit: (effect) => effects.push(effect) });
  });
  for (const effect of effects) effect();
  return result;
}
