import { createHmac } from 'node:crypto';
import type { Ctx, TxContext } from '../../context/context';
import { inShare } from '../../database/pool/pool-shares';
import { deadlineOf } from '../../database/pool/waits/deadline';
import { rowQueueOf } from '../../database/pool/waits/row-queue';
import { queryAll, queryOne, type Statement } from '../../database/sql/statement';
import { clientNetwork } from '../../http/request/client-address';
import { tooManyAttempts } from '../problems';
import { cleanUp, giveBack, queue, type Reservation, reserve, settle, UNKNOWN } from './attempt.statement';

/** An attempt on a password, counted before the password is compared, so that attempts at the same time count apart. */
export interface PasswordAttempt {
  readonly account: string;
  /** Where it comes from, as a key. */
  readonly address: string;
  /** What it was counted for. */
  readonly source: string;
  /** The attempts since the last success there, this one included. */
  readonly attempts: number;
  /** The end of the wait that it began, as PostgreSQL writes it. */
  readonly until: string;
}

/**
 * Counts a sign-in attempt; throws `too_many_attempts` (429) with `Retry-After`, alike for accounts that exist and those that do not, and
 * whether the password is right or wrong. Attempts from addresses that the account never signed in from share a budget, whose wait grows;
 * an address that it signed in from has its own, so that strangers cannot lock the owner out. A stranger's address that has waited
 * longest gets an attempt, too.
 */
export async function countSignIn(ctx: Ctx, email: string): Promise<PasswordAttempt> {
  const account = keyOf(ctx, 'email', email.toLowerCase());
  const address = keyOf(ctx, 'address', clientNetwork(ctx.ip));
  const first = await inTurn(ctx, account, reserve(account, address, false));
  const isQueued = first?.attempts === null && first.source === UNKNOWN;
  const second = isQueued ? await inTurn(ctx, account, queue(account, address)) : null;
  return counted(second?.attempts ? second : first, account, address);
}

/** Counts an attempt on the password of the signed-in user, by session; throws `too_many_attempts` (429). */
export async function countPasswordChange(ctx: Ctx, userId: string): Promise<PasswordAttempt> {
  const account = keyOf(ctx, 'user', userId);
  const session = keyOf(ctx, 'session', ctx.actor.kind === 'user' ? ctx.actor.sessionId : '');
  return counted(await inTurn(ctx, account, reserve(account, session, true)), account, session);
}

/** Forgets the failures of an attempt that succeeded, and remembers its address or session as the account's own. */
export async function settleAttempt(tx: TxContext, { account, address, source }: PasswordAttempt): Promise<void> {
  await queryAll(tx, settle(account, address, source));
}

/** Logs an attempt that failed as a warning with the account's id, and removes some old rows. */
export async function recordFailure(
  ctx: Ctx,
  what: 'sign-in' | 'password change',
  attempt: PasswordAttempt,
  userId: string | null,
): Promise<void> {
  // Anybody could fill the log with emails that no account has; the request's own line tells of those.
  if (userId !== null) ctx.log.warn(`${what} failed`, { requestId: ctx.requestId, account: userId, attempts: attempt.attempts });
  await queryAll(ctx, cleanUp());
}

/**
 * Compares and hashes passwords for an attempt. Where that throws, because too many hashes are wanted or the client is gone, the attempt
 * is given back: nothing was learnt by it, and the owner must not wait for it.
 */
export async function hashForAttempt<T>(ctx: Ctx, attempt: PasswordAttempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await inTurn(ctx, attempt.account, giveBack(attempt.account, attempt.source, attempt.until));
    throw error;
  }
}

/* Attempts on one account write one row: those of this process wait for each other without a connection. They have the share of log-in. */
function inTurn(ctx: Ctx, account: string, statement: Statement): Promise<Reservation | null> {
  const { sequelize } = ctx;
  const deadline = deadlineOf(sequelize);
  const query = () => inShare(sequelize, 'session', { deadline }, () => queryOne<Reservation>(ctx, statement));
  return rowQueueOf(sequelize).run([account], deadline, query);
}

function counted(reservation: Reservation | null, account: string, address: string): PasswordAttempt {
  if (reservation?.attempts != null) {
    const { source, attempts, until } = reservation;
    return { account, address, source, attempts, until: until ?? '' };
  }
  const seconds = String(reservation?.wait_s ?? 1);
  throw tooManyAttempts.because(
    `Too many failed attempts on this account. Try again in ${seconds} s, or from where you signed in before.`,
    {
      headers: { 'Retry-After': seconds },
    },
  );
}

/* Keyed: whoever reads the table cannot try emails and addresses against it. */
function keyOf({ env }: Ctx, kind: string, value: string): string {
  return createHmac('sha256', env.JWT_SECRET).update(`login source: ${kind}: ${value}`).digest('base64url');
}
