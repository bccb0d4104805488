import type { Request, Response } from 'express';
import { unsupportedMediaType } from '../../../problems/common-problems';
import { announcesBody } from '../../server/body-arrival';
import type { BodyBounds } from '../json/body-bounds';
import { type JsonBody, parseJson } from '../json/parse-json';
import { readBodyBytes } from './body-bytes';

export const JSON_TYPE = 'application/json';
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/** Reads a request's JSON body; throws 400, 413, 415 or 422 as a problem. */
export type BodyReader = (req: Request, res: Response) => Promise<JsonBody>;

/** Checks the bytes of a body, and returns the id of the message that they are. */
export type VerifyBody = (req: Request, bytes: Buffer) => string;

/**
 * Returns a reader of JSON bodies of these media types. The bounds apply after decompression, which stops a compressed bomb; they are
 * asked for at the first body, so that the start does not wait for them. A signed body is verified before it is parsed.
 */
export function bodyReader(mediaTypes: readonly string[], makeBounds: () => BodyBounds, verify?: VerifyBody): BodyReader {
  let bounds: BodyBounds | undefined;
  return async (req, res) => {
    mediaTypeOf(req, mediaTypes);
    bounds ??= makeBounds();
    const bytes = await readBodyBytes(req, res, bounds.bytes);
    const messageId = verify?.(req, bytes ?? NOTHING);
    const json = bytes === null ? { value: undefined, violations: [], bytes: null } : parseJson(bytes, bounds.values);
    // What the sender signed is the sender's affair: a member that nobody reads must not keep a message out.
    return messageId === undefined ? json : { ...json, violations: [], messageId };
  };
}

const NOTHING = Buffer.alloc(0);

/** Returns the media type of a request's body, null where it has neither; throws `unsupported_media_type` (415) for other types. */
export function mediaTypeOf(req: Request, mediaTypes: readonly string[]): string | null {
  const given = req.headers['content-type'];
  if (given === undefined && !announcesBody(req)) return null;
  const [mediaType = '', ...parameters] = (given ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (mediaTypes.includes(mediaType) && isUtf8) return mediaType;
  throw unsupportedMediaType.because(`Send the body as ${mediaTypes.join(' or ')}, in UTF-8.`, {
    headers: { 'Accept-Post': mediaTypes.join(', ') },
  });
}
