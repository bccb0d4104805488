import { addComponent, type Components, type Json } from '../../../schema/json-schema/components';

interface Header {
  readonly description: string;
  /** Whether each response that declares the header has it. */
  readonly always?: boolean;
  readonly schema: Json;
}

const SECONDS = { type: 'integer', format: 'int32', minimum: 0, maximum: 3_600, examples: [1] };
const LIMIT = String.raw`"\w+"; r=\d{1,10}; t=\d{1,10}`;
const POLICY = String.raw`"\w+"; q=\d{1,10}; w=\d{1,10}`;

const HEADERS = {
  'X-Request-Id': {
    description: 'The id of the request, also in the log and the audit log.',
    always: true,
    schema: { type: 'string', maxLength: 128, pattern: '^[\\w.:+/=-]{1,128}$', examples: ['0199f3c0-5a10-7c3e-9d55-6a2f5f0c1b2d'] },
  },
  RateLimit: {
    description: 'The remaining points of each rate limit, if there are limits (draft-ietf-httpapi-ratelimit-headers-08).',
    schema: { type: 'string', maxLength: 200, pattern: `^${LIMIT}(, ${LIMIT})*$`, examples: ['"general"; r=5999; t=60'] },
  },
  'RateLimit-Policy': {
    description: 'The rate limits, if there are any.',
    schema: {
      type: 'string',
      maxLength: 300,
      pattern: `^${POLICY}(, ${POLICY})*$`,
      examples: ['"general"; q=6000; w=60'],
    },
  },
  'Retry-After': { description: 'When to try again, in seconds; absent where the outcome is unknown.', schema: SECONDS },
  'Idempotency-Replayed': {
    description: 'Present where the first response to the Idempotency-Key is sent again; nothing was done this time.',
    schema: { type: 'string', const: 'true', examples: ['true'] },
  },
  'WWW-Authenticate': {
    description: 'How to sign in (RFC 6750).',
    schema: { type: 'string', maxLength: 100, pattern: '^Bearer( error="invalid_token")?$', examples: ['Bearer'] },
  },
  'Accept-Post': {
    description: 'The media types that a body may have.',
    schema: { type: 'string', maxLength: 100, pattern: '^[\\w/+-]+(, [\\w/+-]+)*$', examples: ['application/json'] },
  },
  ETag: {
    description: 'Identifies the version of the object and what is shown of it; opaque.',
    always: true,
    schema: { type: 'string', maxLength: 82, pattern: '^"[\\w.]+"$', examples: ['"01890a5dac96774bbcceb302099a8057.1890a5dac96.1"'] },
  },
  Location: {
    description: 'The path of the object.',
    always: true,
    schema: {
      type: 'string',
      maxLength: 4_000,
      pattern: '^/[\\w/:-]+(\\?[!-~]+)?$',
      examples: ['/v1/products/01890a5d-ac96-774b-bcce-b302099a8057'],
    },
  },
  'Content-Disposition': {
    description: 'The file name that a browser proposes (RFC 6266).',
    always: true,
    schema: {
      type: 'string',
      maxLength: 200,
      pattern: '^attachment; filename="[\\w.-]+"$',
      examples: ['attachment; filename="products.csv"'],
    },
  },
  'Accept-Ranges': {
    description: 'Says that a request may ask for a range of bytes.',
    schema: { type: 'string', maxLength: 10, pattern: '^bytes$', examples: ['bytes'] },
  },
  'Content-Range': {
    description: 'The bytes that the response has, and how many there are.',
    always: true,
    schema: { type: 'string', maxLength: 60, pattern: '^bytes \\d+-\\d+/\\d+$', examples: ['bytes 0-1023/146515'] },
  },
  'Preference-Applied': {
    description: 'Says that the response is that of a dry run (RFC 7240).',
    schema: { type: 'string', maxLength: 20, pattern: '^dry-run$', examples: ['dry-run'] },
  },
  Link: {
    description: 'The first, previous and next page, and the last where the total is known (RFC 8288).',
    schema: {
      type: 'string',
      maxLength: 131_072,
      pattern: '^<[!-~]+>; rel="\\w+"(, <[!-~]+>; rel="\\w+")*$',
      examples: ['</v1/products?limit=20>; rel="first"'],
    },
  },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof HEADERS;

/** Returns the headers of a response: those that every response has, and its own. */
export function headers(names: readonly HeaderName[], components: Components): Json {
  const all: readonly HeaderName[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy', ...names];
  return Object.fromEntries(all.map((name) => [name, header(name, components)]));
}

function header(name: HeaderName, components: Components): Json {
  const { description, always = false, schema }: Header = HEADERS[name];
  return addComponent(components.headers, 'headers', name, { description, required: always, schema });
}
