import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { Ctx } from '../../context/context';
import { actorId, guestTokenHash } from '../../context/permission';
import type { RequestKey } from '../../context/request-key';
import { databaseFault } from '../../database/sql/database-error';
import { queryOne } from '../../database/sql/statement';
import { oneAtATime } from '../../idempotency/one-at-a-time';
import { idempotencyKeyReused, requestInProgress } from '../../idempotency/problems';
import { requestKey } from '../../idempotency/request-key';
import { recordReplyUnlessThere } from '../../idempotency/stored-reply';
import { unavailable } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';
import type { Schema, Shape } from '../../schema/schema';
import type { AppDependencies } from '../app-dependencies';
import type { Endpoint, Input } from '../endpoint';
import { problemOf } from '../errors/problem-of';
import type { Reply } from '../output/reply';
import { keptRefusal } from './kept-reply';
import { earlierReply } from './reply-once';

type Run = (ctx: Ctx) => Promise<Reply>;

interface Given {
  readonly input: Input<Shape, Shape, Schema>;
  /** The decompressed bytes of the body. */
  readonly bytes: Buffer | null;
}

/** Runs a write under its Idempotency-Key. */
export type OnceByKey = (ctx: Ctx, key: string, req: Request, given: Given, run: Run) => Promise<Reply>;

/**
 * Returns what runs the writes of an endpoint under their Idempotency-Keys: the first one runs, with the key in its context, so that its
 * unit of work records the reply; another gets that reply again. A refusal that the work decided is recorded when the work is undone.
 * It throws `idempotency_key_reused` (422), `request_in_progress` (409), `unavailable` (503) where the records cannot be read, and what
 * the work does.
 */
export function onceByKey({ env, constraintProblems }: AppDependencies, endpoint: Endpoint): OnceByKey {
  return (ctx, key, req, { input, bytes }, run) => {
    // A file is read as it arrives, so what takes it makes its key by itself.
    if (endpoint.uploads) return run(ctx).catch((error: unknown) => Promise.reject(isUnreadable(error) ? unreadable(error) : error));
    const digests = requestKey({
      key,
      userId: actorId(ctx.actor),
      anonymousOwner: guestTokenHash(ctx.actor) ?? endpoint.anonymousClient?.(input) ?? '',
      method: req.method,
      url: req.originalUrl,
      bodySha256: createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
      secret: endpoint.repliesWithSecret ? env.JWT_SECRET : null,
    });
    const keyed: Ctx = { ...ctx, requestKey: digests };
    return oneAtATime(ctx.sequelize, digests, async () => {
      try {
        // A managed unit of work, or a statement that is its own, finds the reply itself.
        const earlier = endpoint.transaction === 'none' ? await earlierReply(keyed, digests) : null;
        return earlier ?? (await run(keyed));
      } catch (error) {
        if (isUnreadable(error)) throw unreadable(error);
        const problem = problemOf(error, req.method, constraintProblems);
        const other = isDecided(problem) ? await recordRefusal(keyed, digests, problem, req.originalUrl) : null;
        if (other) return other;
        throw error;
      }
    });
  };
}

/* What asks for a sign-in or for patience would be another answer at another time; what concerns the key is no answer to the request. */
function isDecided({ type }: Problem): boolean {
  const isPassing = type.status >= 500 || [401, 408, 429].includes(type.status);
  return !isPassing && type !== idempotencyKeyReused && type !== requestInProgress;
}

/*
 * Returns the reply that a twin has recorded since the work was undone; it counts. Where the refusal cannot be recorded, it is true all
 * the same, and a repeated request runs again.
 */
async function recordRefusal(ctx: Ctx, key: RequestKey, problem: Problem, url: string): Promise<Reply | null> {
  try {
    const row = await queryOne(ctx, recordReplyUnlessThere(key, keptRefusal(problem, url, ctx.requestId)));
    return row ? null : await earlierReply(ctx, key);
  } catch (error) {
    ctx.log.warn('refusal not recorded', { requestId: ctx.requestId, code: problem.type.code, error });
    return null;
  }
}

/* Syntax errors, missing tables and privileges, broken pages: as an ERROR, each undoes the work. */
function isUnreadable(error: unknown): boolean {
  return /^(42|XX)/.test(databaseFault(error)?.sqlstate ?? '');
}

function unreadable(cause: unknown): Problem {
  return unavailable.because('The records of idempotency keys cannot be read; nothing was done. Try again later with the same key.', {
    headers: { 'Retry-After': '60' },
    cause,
  });
}
