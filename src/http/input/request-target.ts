import type { Request } from 'express';
import { malformedRequest, uriTooLong } from '../../problems/common-problems';

const MAX_LENGTH = 8_192;
const ABSOLUTE = /^https?:\/\/[^/?#]*/i;

/**
 * Brings the request target (RFC 9112, 3.2) into the form that every other step reads: a path and a query whose escapes are UTF-8. An
 * absolute target loses its host. Throws `malformed_request` (400), `uri_too_long` (414).
 */
export function normalizeTarget(req: Request): void {
  const given = req.url;
  if (given.length > MAX_LENGTH) throw uriTooLong.because(`The URL must be at most ${MAX_LENGTH} characters.`);
  const target = originForm(given);
  requireUtf8(target);
  if (target === given) return;
  req.url = target;
  req.originalUrl = target;
}

function originForm(target: string): string {
  if (target.startsWith('/') || target === '*') return target;
  const host = ABSOLUTE.exec(target)?.[0];
  if (host === undefined) throw malformedRequest.because('The URL must be a path that begins with "/", or begin with http:// or https://.');
  const rest = target.slice(host.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/* Decoding would turn other bytes into U+FFFD silently. */
function requireUtf8(target: string): void {
  if (!target.includes('%')) return;
  if (/%(?![0-9a-f]{2})/i.test(target))
    throw malformedRequest.because('The URL has an invalid percent-encoding: write a percent sign as %25.');
  try {
    decodeURIComponent(target);
  } catch (error) {
    throw malformedRequest.because('The URL is not valid UTF-8: encode its text as UTF-8, then each byte as %XX.', { cause: error });
  }
}
