import { promisify } from 'node:util';
import express, { type Request, type Response } from 'express';
import { bodyTooLarge, malformedJson, malformedRequest, unsupportedMediaType } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';

export const JSON_TYPE = 'application/json';
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/** Reads a request's JSON body into `req.body`; throws 400, 413 or 415 as a problem. */
export type BodyReader = (req: Request, res: Response) => Promise<void>;

/**
 * Returns a reader of JSON bodies of these media types. The limit, in bytes, applies after decompression, which stops a compressed bomb.
 */
export function bodyReader(mediaTypes: readonly string[], limitBytes: number): BodyReader {
  const json = promisify(express.json({ limit: limitBytes, strict: false, type: () => true, verify: refuseEmpty }));
  return async (req, res) => {
    refuseOtherMediaTypes(req, mediaTypes);
    try {
      await json(req, res);
    } catch (error) {
      throw bodyProblem(error, limitBytes);
    }
  };
}

/* By default body-parser reads an empty body as `{}`, so a patch without a body would be a 200. */
function refuseEmpty(_req: unknown, _res: unknown, bytes: Buffer): void {
  if (bytes.length === 0) throw new Error('The body is empty.');
}

function refuseOtherMediaTypes(req: Request, mediaTypes: readonly string[]): void {
  const given = req.headers['content-type'];
  if (given === undefined && !hasBody(req)) return;
  const [mediaType = '', ...parameters] = (given ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (mediaTypes.includes(mediaType) && isUtf8) return;
  throw unsupportedMediaType.because(`Send the body as ${mediaTypes.join(' or ')}, in UTF-8.`, {
    headers: { 'Accept-Post': mediaTypes.join(', ') },
  });
}

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

/* Errors of body-parser have a stable `type`: https://github.com/expressjs/body-parser#errors */
function bodyProblem(error: unknown, limitBytes: number): Problem {
  switch ((error as { type?: unknown }).type) {
    case 'entity.too.large':
      return bodyTooLarge.because(`The body must be at most ${limitBytes} bytes, decompressed.`);
    case 'encoding.unsupported':
      return unsupportedMediaType.because('Compress the body with gzip, deflate or br, or not at all.');
    case 'charset.unsupported':
      return unsupportedMediaType.because('Send the body in UTF-8.');
    case 'request.aborted':
    case 'request.size.invalid':
      return malformedRequest.because('The body does not have the announced length.');
    default:
      return malformedJson.because('The body must be one JSON value.', { cause: error });
  }
}
