import type { RequestHandler } from 'express';
import type { Ctx } from '../context/context';
import { requirePermission } from '../context/permission';
import { unitOfWork } from '../database/transaction/unit-of-work';
import type { Schema, Shape } from '../schema/schema';
import type { AppDependencies } from './app-dependencies';
import { asksForDryRun, requireDryRunSupport } from './dry-run/dry-run-request';
import { runDry } from './dry-run/run-dry';
import type { Endpoint, Input } from './endpoint';
import { inputReader } from './input/input-reader';
import { requireImplemented } from './input/require-implemented';
import { setCacheControl } from './output/cache-control';
import type { Reply } from './output/reply';
import { requireAcceptable } from './output/require-acceptable';
import { send } from './output/send';
import { requestContext } from './request-context';

/** Returns the handler of an endpoint's requests, as its declaration says; passes every problem on to the error handler. */
export function handleRequest(dependencies: AppDependencies, endpoint: Endpoint): RequestHandler {
  const { limits, eventTypesOf } = dependencies;
  const readInput = inputReader(dependencies.env, endpoint);
  // One line per step. Nothing else touches the response, and the error handler makes a problem document of whatever is thrown.
  return async (req, res) => {
    if (endpoint.rateLimit === 'strict') await limits.strict(res, 1);
    if (endpoint.rateLimit === 'with-token' && req.headers.authorization !== undefined) await limits.general(res, 1);
    setCacheControl(req, res, endpoint);
    const ctx = await requestContext(dependencies, endpoint, req, res);
    requirePermission(ctx, endpoint.access);
    const mediaType = requireAcceptable(req, endpoint);
    requireImplemented(req);
    requireDryRunSupport(req, endpoint);
    const input = { ...(await readInput(req, res)), mediaType };
    if (endpoint.cost) await limits.costly(res, endpoint.cost(input.query));
    const isDry = asksForDryRun(req, endpoint, input.query);
    const reply = isDry ? await runDry(ctx, eventTypesOf, (dry) => run(dry, endpoint, input)) : await run(ctx, endpoint, input);
    await send(req, res, reply);
  };
}

/* A managed endpoint is committed when its unit of work returns, so the response never precedes the commit. */
async function run(ctx: Ctx, endpoint: Endpoint, input: Input<Shape, Shape, Schema>): Promise<Reply> {
  if (endpoint.transaction === 'none') return endpoint.run(ctx, input);
  const rows = endpoint.rows ? await endpoint.rows(ctx, input) : rowOfPath(input);
  return unitOfWork(ctx, (tx) => endpoint.run(tx, input), { rows });
}

function rowOfPath({ params }: Input<Shape, Shape, Schema>): readonly string[] {
  return 'id' in params ? [String(params.id)] : [];
}
