import type { Request, Response } from 'express';
import type { Env } from '../../../config/env';
import type { Violation } from '../../problems/problem';
import type { Schema, Shape } from '../../schema/schema';
import { queryShape } from '../dry-run/dry-run-request';
import type { Endpoint, Input } from '../endpoint';
import { type BodyReader, bodyReader, JSON_TYPE, MERGE_PATCH_TYPE } from './body/body';
import { uploadReader } from './body/upload';
import { bodyBounds } from './json/body-bounds';
import type { JsonBody } from './json/parse-json';
import { parameterProblem, parseBody, parseParameters } from './parse';
import { type ParsedQuery, QueryCache } from './query-cache';

/** What a request says beyond its headers. */
export interface RequestInput extends Omit<Input<Shape, Shape, Schema>, 'mediaType'> {
  /** The decompressed bytes of its body; null where it has none. */
  readonly bytes: Buffer | null;
}

/** Reads the input of a request: path, query, body and conditional headers. */
export type InputReader = (req: Request, res: Response) => Promise<RequestInput>;

/**
 * Returns the input reader of an endpoint. It throws `invalid_parameters` (400), `malformed_json` (400), `body_too_large` (413),
 * `unsupported_media_type` (415), `invalid_body` (422).
 */
export function inputReader(env: Env, endpoint: Endpoint): InputReader {
  const readBody = bodyReaderOf(endpoint, env);
  const readQuery = queryReaderOf(endpoint);
  const openUpload = endpoint.uploads && uploadReader(endpoint.uploads);
  return async (req, res) => {
    const json = await readBody?.(req, res);
    const input = { ...parseInput(endpoint, readQuery, req, json), bytes: json?.bytes ?? null };
    return openUpload ? { ...input, upload: openUpload(req, res) } : input;
  };
}

function bodyReaderOf({ body, method, largeBody, signedBody }: Endpoint, env: Env): BodyReader | null {
  if (!body) return null;
  const makeBounds = () =>
    largeBody ? { bytes: env[largeBody.bytesSetting], values: largeBody.values } : bodyBounds(body, env.BODY_LIMIT_BYTES);
  const verify = signedBody && ((req: Request, bytes: Buffer) => signedBody.verify(env, req.headers, bytes));
  return bodyReader(method === 'patch' ? [MERGE_PATCH_TYPE, JSON_TYPE] : [JSON_TYPE], makeBounds, verify);
}

type QueryReader = (req: Request, violations: Violation[]) => ParsedQuery | null;

function queryReaderOf(endpoint: Endpoint): QueryReader {
  const shape = queryShape(endpoint);
  const queries = new QueryCache();
  return (req, violations) => queries.get(req.url, () => parseQuery(shape, req, violations));
}

const NONE: Shape = {};

function parseInput(endpoint: Endpoint, readQuery: QueryReader, req: Request, json: JsonBody | undefined) {
  const violations: Violation[] = [];
  const params = parseParameters(endpoint.params ?? NONE, req.params, violations);
  const query = readQuery(req, violations);
  if (query === null || violations.length > 0) throw parameterProblem(violations);
  const body = endpoint.body && json ? parseBody(endpoint.body, json) : undefined;
  const { headers } = req;
  const conditions = {
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    lastEventId: headers['last-event-id'] as string | undefined,
  };
  return Object.freeze({ params, query, body, conditions, ...(json?.messageId !== undefined && { messageId: json.messageId }) });
}

function parseQuery(shape: Shape, req: Request, violations: Violation[]): ParsedQuery | null {
  const before = violations.length;
  const parsed = parseParameters(shape, req.query, violations);
  return violations.length === before ? parsed : null;
}
