import type { Request, Response } from 'express';
import type { Actor, Ctx } from '../context/context';
import { unauthenticated } from '../problems/common-problems';
import type { AppDependencies } from './app-dependencies';
import { requestIdOf } from './request-id';

/* A single object: plans are cached per actor object. */
const ANONYMOUS: Actor = Object.freeze({ kind: 'anonymous' });
const MAX_REASON = 500;
const MAX_USER_AGENT = 500;

/** Returns the context of a request, with the actor of its access token; throws `unauthenticated` (401) for an invalid one. */
export async function requestContext(dependencies: AppDependencies, req: Request, res: Response): Promise<Ctx> {
  const { env, sequelize, logger } = dependencies;
  const anonymous: Ctx = {
    actor: ANONYMOUS,
    requestId: requestIdOf(res),
    ip: req.ip ?? '',
    userAgent: headerText(req.headers['user-agent'], MAX_USER_AGENT),
    reason: headerText(req.headers['x-reason'], MAX_REASON),
    log: logger,
    env,
    sequelize,
  };
  const { authorization } = req.headers;
  if (authorization === undefined) return anonymous;
  const actor = await dependencies.authenticate(anonymous, bearerToken(authorization));
  res.locals.actor = actor;
  return { ...anonymous, actor };
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw unauthenticated.because('Send the Authorization header as "Bearer <access token>".', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

/* Node decodes header bytes as Latin-1, but clients send UTF-8. Control characters become spaces. */
function headerText(header: string | string[] | undefined, max: number): string {
  if (header === undefined) return '';
  const text = Buffer.from(String(header), 'latin1').toString('utf8');
  return text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, max)
    .toWellFormed();
}
