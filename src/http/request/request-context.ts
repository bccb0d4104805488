import type { Request, Response } from 'express';
import type { Actor, Ctx } from '../../context/context';
import { unauthenticated } from '../../problems/common-problems';
import type { AppDependencies } from '../app-dependencies';
import type { Endpoint } from '../endpoint';
import { reasonOf, userAgentOf } from '../input/headers/header-text';
import { clientAddressOf } from './client-address';
import { GUEST_TOKEN, guestTokenHashOf } from './guest-token';
import { hangUpSignalOf } from './hang-up-signal';
import { requestIdOf } from './request-id';

/* A single object: plans are cached per actor object. A guest is another one. */
const ANONYMOUS: Actor = Object.freeze({ kind: 'anonymous' });

/**
 * Returns the context of a request, with the actor of its access token, unless the endpoint is for nobody in particular, or the guest
 * of its guest token, where the endpoint is for guests; throws `unauthenticated` (401) for an invalid access token, `invalid_parameters` (400) for an invalid `X-Reason` or
 * `X-Guest-Token`.
 */
export async function requestContext(dependencies: AppDependencies, { access }: Endpoint, req: Request, res: Response): Promise<Ctx> {
  const { env, sequelize, logger } = dependencies;
  const anonymous: Ctx = {
    actor: ANONYMOUS,
    requestId: requestIdOf(res),
    ip: clientAddressOf(res),
    userAgent: userAgentOf(req.headers['user-agent']),
    reason: reasonOf(req.headers['x-reason']),
    log: logger,
    env,
    sequelize,
    dryRun: false,
    hangUpSignal: hangUpSignalOf(res),
  };
  const { authorization } = req.headers;
  if (access === 'anonymous') return anonymous;
  if (authorization === undefined) return access === 'guest' ? { ...anonymous, actor: guestOf(req) } : anonymous;
  const token = bearerToken(authorization);
  const currentActor = () => dependencies.authenticate(anonymous, token);
  const actor = await currentActor();
  res.locals.actor = actor;
  return { ...anonymous, actor, currentActor };
}

function guestOf({ headers }: Request): Actor {
  const hash = guestTokenHashOf(headers[GUEST_TOKEN.toLowerCase()]);
  return hash === null ? ANONYMOUS : { kind: 'anonymous', guestTokenHash: hash };
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token !== undefined) return token;
  throw unauthenticated.because('Send the Authorization header as "Bearer <access token>".', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  });
}
