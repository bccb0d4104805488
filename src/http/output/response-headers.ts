import { type Json, type Shared, share } from '../../schema/components';

interface Header {
  readonly description: string;
  /** Whether each answer that names the header carries it. */
  readonly always?: boolean;
  readonly schema: Json;
}

const SECONDS = { type: 'integer', format: 'int32', minimum: 0, maximum: 3_600, examples: [1] };
const LIMIT = String.raw`"\w+"; r=\d{1,10}; t=\d{1,10}`;
const POLICY = String.raw`"\w+"; q=\d{1,10}; w=\d{1,10}; pk=:[\w+/=]{1,64}:`;

const HEADERS = {
  'X-Request-Id': {
    description: 'The name of the request, in the logs and the audit log, too.',
    always: true,
    schema: { type: 'string', maxLength: 128, pattern: '^[\\w.:+/=-]{1,128}$', examples: ['0199f3c0-5a10-7c3e-9d55-6a2f5f0c1b2d'] },
  },
  RateLimit: {
    description: 'What is left of the limits on requests, where there are any (draft-ietf-httpapi-ratelimit-headers-08).',
    schema: { type: 'string', maxLength: 200, pattern: `^${LIMIT}(, ${LIMIT})*$`, examples: ['"general"; r=5999; t=60'] },
  },
  'RateLimit-Policy': {
    description: 'The limits on requests, where there are any.',
    schema: {
      type: 'string',
      maxLength: 300,
      pattern: `^${POLICY}(, ${POLICY})*$`,
      examples: ['"general"; q=6000; w=60; pk=:MTJjYTE3YjQ5YWYy:'],
    },
  },
  'Retry-After': { description: 'When to try again, in seconds.', always: true, schema: SECONDS },
  'WWW-Authenticate': {
    description: 'How to sign in (RFC 6750).',
    schema: { type: 'string', maxLength: 100, pattern: '^Bearer( error="invalid_token")?$', examples: ['Bearer'] },
  },
  'Accept-Post': {
    description: 'The media types a body may have.',
    schema: { type: 'string', maxLength: 100, pattern: '^[\\w/+-]+(, [\\w/+-]+)*$', examples: ['application/json'] },
  },
  ETag: {
    description: 'The version of the object.',
    always: true,
    schema: { type: 'string', maxLength: 40, pattern: '^"[\\w.-]+"$', examples: ['"1"'] },
  },
  Location: {
    description: 'Where the new object is.',
    always: true,
    schema: { type: 'string', maxLength: 200, pattern: '^/[\\w/-]+$', examples: ['/v1/products/01890a5d-ac96-774b-bcce-b302099a8057'] },
  },
  Link: {
    description: 'The first, previous and next page, and of numbered pages the last (RFC 8288).',
    schema: {
      type: 'string',
      maxLength: 131_072,
      pattern: '^<[!-~]+>; rel="\\w+"(, <[!-~]+>; rel="\\w+")*$',
      examples: ['</v1/products?limit=20>; rel="first"'],
    },
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof HEADERS;

/** The headers of an answer: those that every one carries, and its own. */
export function headers(names: readonly HeaderName[], shared: Shared): Json {
  const all: readonly HeaderName[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...names];
  return Object.fromEntries(all.map((name) => [name, header(name, shared)]));
}

function header(name: HeaderName, shared: Shared): Json {
  const { description, always = false, schema }: Header = HEADERS[name];
  return share(shared.headers, 'headers', name, { description: description, required: always, schema });
}
