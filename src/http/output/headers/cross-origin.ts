import cors from 'cors';
import type { RequestHandler } from 'express';
import type { Env } from '../../../../config/env';

const MAX_AGE_S = 600;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const SENT = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'X-Guest-Token',
  'X-Reason',
  'X-Request-Id',
  'traceparent',
];
const READ = [
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'Preference-Applied',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
];

/** Lets pages of the origins of CORS_ORIGINS call the API (Fetch standard, CORS protocol); none without the setting. No cookie is involved. */
export function crossOrigin({ CORS_ORIGINS }: Env): RequestHandler {
  if (CORS_ORIGINS === '') return (_req, _res, next) => next();
  const origins = CORS_ORIGINS.split(',').map((origin) => origin.trim());
  return cors({
    origin: origins.includes('*') ? '*' : origins,
    methods: METHODS,
    allowedHeaders: SENT,
    exposedHeaders: READ,
    maxAge: MAX_AGE_S,
  });
}
