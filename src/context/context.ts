import type { Sequelize, Transaction } from 'sequelize';
import type { Logger } from 'winston';
import type { Env } from '../../config/env';
import type { RequestKey } from './request-key';

/**
 * Who acts. A user's permissions are `resource:action` pairs; `*` matches any. A guest is anonymous with a token, kept as its hash, that a
 * cart or an order of theirs has.
 */
export type Actor =
  | { readonly kind: 'anonymous'; readonly guestTokenHash?: string }
  | { readonly kind: 'user'; readonly id: string; readonly sessionId: string; readonly permissions: ReadonlySet<string> }
  | { readonly kind: 'system'; readonly name: string };

/** The context of a request or of system work: actor, request, log, settings, database. */
export interface Ctx {
  readonly actor: Actor;
  readonly requestId: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly reason: string;
  readonly log: Logger;
  readonly env: Env;
  readonly sequelize: Sequelize;
  /** Whether nobody waits for the work, as in a job: it takes a smaller share of the pool. */
  readonly isBackground?: boolean;
  /** Whether its units of work do everything and then roll back. */
  readonly dryRun: boolean;
  /** Looks at what a unit of work of a dry run has done; it sends its queries before it first waits, because the rollback follows at once. */
  readonly beforeRollback?: (tx: TxContext) => Promise<void>;
  /** The Idempotency-Key of a write that came with one. */
  readonly requestKey?: RequestKey;
  /** Returns a signal that fires when the client hangs up before its response; a context without a client has none. */
  readonly hangUpSignal?: () => AbortSignal;
  /** Returns the actor as of now; throws `unauthenticated` (401) where the session has ended. A context without a session has none. */
  readonly currentActor?: () => Actor | Promise<Actor>;
}

/** A context inside a unit of work; a function that writes takes this type, so it cannot be called outside one. */
export interface TxContext extends Ctx {
  readonly transaction: Transaction;
  /** Runs an effect after the commit; only for effects that cannot fail, such as clearing a cache. */
  afterCommit(effect: () => void): void;
}

/** Returns whether the context is inside a unit of work. */
export function isTxContext(ctx: Ctx): ctx is TxContext {
  return 'transaction' in ctx;
}
