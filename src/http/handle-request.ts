import type { Request, RequestHandler } from 'express';
import { requirePermission } from '../context/permission';
import { unitOfWork } from '../database/transaction/unit-of-work';
import type { Violation } from '../problems/problem';
import type { Schema, Shape } from '../schema/schema';
import type { AppDependencies } from './app-dependencies';
import type { Endpoint, Input } from './endpoint';
import { type BodyReader, bodyReader, JSON_TYPE, MERGE_PATCH_TYPE } from './input/body';
import { parameterProblem, parseBody, parseParameters } from './input/parse';
import { type ParsedQuery, QueryCache } from './input/query-cache';
import { refuseUnacceptable } from './output/accept';
import { send } from './output/send';
import { requestContext } from './request-context';

/**
 * The walk of a request through its declaration: who asks, may they, what do they ask, do it, commit, answer. Nobody else
 * touches the response; whatever throws becomes a problem document in one place.
 */
export function handle(dependencies: AppDependencies, endpoint: Endpoint): RequestHandler {
  const readBody = bodyReaderOf(endpoint, dependencies.env.BODY_LIMIT_BYTES);
  const queries = new QueryCache();
  return async (req, res) => {
    const ctx = await requestContext(dependencies, req, res);
    requirePermission(ctx, endpoint.access);
    refuseUnacceptable(req, endpoint);
    if (readBody) await readBody(req, res);
    const input = parse(endpoint, queries, req);
    const reply =
      endpoint.transaction === 'managed' ? await unitOfWork(ctx, (tx) => endpoint.run(tx, input)) : await endpoint.run(ctx, input);
    send(req, res, reply);
  };
}

function bodyReaderOf({ body, method }: Endpoint, limitBytes: number): BodyReader | null {
  if (!body) return null;
  return bodyReader(method === 'patch' ? [MERGE_PATCH_TYPE, JSON_TYPE] : [JSON_TYPE], limitBytes);
}

function parseQuery({ query = NONE }: Endpoint, req: Request, violations: Violation[]): ParsedQuery | null {
  const before = violations.length;
  const parsed = parseParameters(query, req.query, violations);
  return violations.length === before ? parsed : null;
}

const NONE: Shape = {};

function parse(endpoint: Endpoint, queries: QueryCache, req: Request): Input<Shape, Shape, Schema> {
  const violations: Violation[] = [];
  const params = parseParameters(endpoint.params ?? NONE, req.params, violations);
  const query = queries.get(req.url, () => parseQuery(endpoint, req, violations));
  if (query === null || violations.length > 0) throw parameterProblem(violations);
  const body = endpoint.body ? parseBody(endpoint.body, req) : undefined;
  const conditions = { ifMatch: req.headers['if-match'], ifNoneMatch: req.headers['if-none-match'] };
  return Object.freeze({ params, query, body, conditions });
}
