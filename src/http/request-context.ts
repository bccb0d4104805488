import type { Request, Response } from 'express';
import type { Actor, Ctx } from '../context/context';
import { unauthenticated } from '../problems/common-problems';
import type { AppDependencies } from './app-dependencies';
import { requestIdOf } from './request-id';

/* One object, for what is compiled for an actor is kept by it. */
const ANONYMOUS: Actor = Object.freeze({ kind: 'anonymous' });
const MAX_REASON = 500;
const MAX_USER_AGENT = 500;

/** Opens the context of a request: an access token, where one is sent, says who acts; throws `unauthenticated` (401) if it is no good. */
export async function requestContext(dependencies: AppDependencies, req: Request, res: Response): Promise<Ctx> {
  const { env, sequelize, logger } = dependencies;
  const anonymous: Ctx = {
    actor: ANONYMOUS,
    requestId: requestIdOf(res),
    ip: req.ip ?? '',
    userAgent: cleaned(req.headers['user-agent'], MAX_USER_AGENT),
    reason: cleaned(req.headers['x-reason'], MAX_REASON),
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
  throw unauthenticated.because('The Authorization header must read "Bearer <access token>".', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}

/* Node reads header bytes as Latin-1; clients send UTF-8. What is no UTF-8 keeps replacement characters, and no control characters. */
function cleaned(header: string | string[] | undefined, max: number): string {
  if (header === undefined) return '';
  const text = Buffer.from(String(header), 'latin1').toString('utf8');
  return text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, max)
    .toWellFormed();
}
