import type { IncomingHttpHeaders } from 'node:http';
import type { Env } from '../../../../config/env';

/** How another server signs the body that it sends. It is checked over the bytes as they came, before anything reads them as JSON. */
export interface SignedBody {
  /** The headers that sign it, with their descriptions, for the OpenAPI document. */
  readonly headers: Readonly<Record<string, string>>;
  /** Returns the id of the message; throws where the sender is not known for certain. */
  verify(env: Env, headers: IncomingHttpHeaders, bytes: Buffer): string;
}
