import type { RequestHandler } from 'express';
import type { Ctx } from '../context/context';
import { requirePermission } from '../context/permission';
import type { Schema, Shape } from '../schema/schema';
import type { AppDependencies } from './app-dependencies';
import { asksForDryRun, requireDryRunSupport } from './dry-run/dry-run-request';
import { runDry } from './dry-run/run-dry';
import { type Endpoint, type Input, isWrite } from './endpoint';
import { onceByKey } from './idempotency/once-by-key';
import { replyOnce } from './idempotency/reply-once';
import { readIdempotencyKey, requireIdempotencyKey } from './input/headers/idempotency-key';
import { inputReader } from './input/input-reader';
import { setCacheControl } from './output/headers/cache-control';
import type { Reply } from './output/reply';
import { requireAcceptable } from './output/require-acceptable';
import { send } from './output/send';
import { requestContext } from './request/request-context';

/** Returns the handler of an endpoint's requests, as its declaration says; passes every problem on to the error handler. */
export function handleRequest(dependencies: AppDependencies, endpoint: Endpoint, isUnlimited = false): RequestHandler {
  const { limits, eventTypesOf, overload, state } = dependencies;
  // An upload lasts as long as its client likes; a password's hash waits in a queue with a bound of its own (accounts/passwords/hash-turns.ts).
  const isCounted = !isUnlimited && !endpoint.uploads && endpoint.rateLimit !== 'strict';
  const kind = isWrite(endpoint) ? 'write' : 'read';
  const readInput = inputReader(dependencies.env, endpoint);
  const runOnce = onceByKey(dependencies, endpoint);
  // One line per step. Nothing else touches the response, and the error handler makes a problem document of whatever is thrown.
  return async (req, res) => {
    if (endpoint.rateLimit === 'strict') await limits.strict(res, 1);
    if (endpoint.rateLimit === 'with-token' && req.headers.authorization !== undefined) await limits.general(res, 1);
    setCacheControl(req, res, endpoint);
    const ctx = await requestContext(dependencies, endpoint, req, res);
    requirePermission(ctx, endpoint.access);
    const mediaType = requireAcceptable(req, endpoint);
    requireDryRunSupport(req, endpoint);
    const key = readIdempotencyKey(req, endpoint);
    const { bytes, ...given } = await readInput(req, res);
    const input = { ...given, mediaType };
    const isDryRun = asksForDryRun(req, endpoint, input.query);
    // A try has no effect that could come twice.
    if (!isDryRun) requireIdempotencyKey(dependencies.env, endpoint, key);
    if (endpoint.cost) await limits.costly(res, endpoint.cost(input.query));
    const runIn = (own: Ctx) => run(own, endpoint, input);
    const runReal = () => (key === null ? runIn(ctx) : runOnce(ctx, key, req, { input, bytes }, runIn));
    const work = () => (isDryRun ? runDry(ctx, eventTypesOf, runIn) : runReal());
    const reply = isCounted ? await overload.run(kind, work) : await work();
    await send(req, res, reply, state);
  };
}

/* A managed endpoint is committed when its unit of work returns, so the response never precedes the commit. */
async function run(ctx: Ctx, endpoint: Endpoint, input: Input<Shape, Shape, Schema>): Promise<Reply> {
  if (endpoint.transaction !== 'managed') return endpoint.run(ctx, input);
  const rows = endpoint.rows ? await endpoint.rows(ctx, input) : rowOfPath(input);
  return replyOnce(ctx, (tx) => endpoint.run(tx, input), { rows });
}

function rowOfPath({ params }: Input<Shape, Shape, Schema>): readonly string[] {
  return 'id' in params ? [String(params.id)] : [];
}
