import type { Sequelize, Transaction } from 'sequelize';
import type { Logger } from 'winston';
import type { Env } from '../../config/env';

/** Who acts. A user's permissions are `resource:action` pairs, `*` standing for any. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly id: string; readonly sessionId: string; readonly permissions: ReadonlySet<string> }
  | { readonly kind: 'system'; readonly name: string };

/** What every function below the routes is told: who acts, on which request, with which means. */
export interface Ctx {
  readonly actor: Actor;
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly reason: string;
  readonly log: Logger;
  readonly env: Env;
  readonly sequelize: Sequelize;
}

/** A context inside a unit of work: only functions that take it can write. */
export interface TxContext extends Ctx {
  readonly transaction: Transaction;
  /** Runs after the commit; for what cannot fail, such as forgetting a cached value. */
  afterCommit(effect: () => void): void;
}

/** Whether the context is inside a unit of work. */
export function isTxContext(ctx: Ctx): ctx is TxContext {
  return 'transaction' in ctx;
}
