import { promisify } from 'node:util';
import express, { type Request, type Response } from 'express';
import { bodyTooLarge, malformedRequest, unsupportedMediaType } from '../../problems/common-problems';
import type { BodyBounds } from './json/body-bounds';
import { type JsonBody, parseJson } from './json/parse-json';

export const JSON_TYPE = 'application/json';
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/** Reads a request's JSON body; throws 400, 413, 415 or 422 as a problem. */
export type BodyReader = (req: Request, res: Response) => Promise<JsonBody>;

/**
 * Returns a reader of JSON bodies of these media types. The bounds apply after decompression, which stops a compressed bomb; they are
 * asked for at the first body, so that the start does not wait for them.
 */
export function bodyReader(mediaTypes: readonly string[], makeBounds: () => BodyBounds): BodyReader {
  let bounds: BodyBounds | undefined;
  let readBytes: ((req: Request, res: Response) => Promise<void>) | undefined;
  return async (req, res) => {
    refuseOtherMediaTypes(req, mediaTypes);
    bounds ??= makeBounds();
    readBytes ??= promisify(express.raw({ limit: bounds.bytes, type: () => true }));
    try {
      await readBytes(req, res);
    } catch (error) {
      throw bodyProblem(error, bounds.bytes);
    }
    return req.body instanceof Buffer ? parseJson(req.body, bounds.values) : { value: undefined, violations: [] };
  };
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
function bodyProblem(error: unknown, maxBytes: number) {
  switch ((error as { type?: unknown }).type) {
    case 'entity.too.large':
      return bodyTooLarge.because(`The body must be at most ${maxBytes} bytes, decompressed.`);
    case 'encoding.unsupported':
      return unsupportedMediaType.because('Compress the body with gzip, deflate or br, or not at all.');
    case 'request.aborted':
    case 'request.size.invalid':
      return malformedRequest.because('The body does not have the announced length.');
    default:
      return malformedRequest.because('The body is not compressed as Content-Encoding says.', { cause: error });
  }
}
