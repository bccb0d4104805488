import type { Ctx, TxContext } from '../context/context';
import type { Access } from '../context/permission';
import type { ProblemType } from '../problems/problem';
import type { Parsed, ParsedShape, Schema, Shape } from '../schema/schema';
import type { SignedBody } from './input/body/signed-body';
import type { Upload } from './input/body/upload';
import type { LargeBody } from './input/json/body-bounds';
import type { HeaderName } from './output/headers/response-headers';
import type { Reply } from './output/reply';

/** The request headers that an endpoint may declare. */
export type ConditionalHeader = 'If-Match' | 'If-None-Match' | 'Last-Event-ID' | 'Range';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One response of an endpoint, with OpenAPI's names. */
export interface ResponseDeclaration {
  readonly description: string;
  /** Called when the document is written, so that the start does not wait for it. */
  readonly schema?: () => Schema;
  /** The media types of a body that is no JSON: text of any length, in the type that `Input.mediaType` names. */
  readonly mediaTypes?: readonly string[];
  /** Its headers, beside those of every response. */
  readonly headers?: readonly HeaderName[];
}

/** The conditional request headers (RFC 9110, 13.1) as a client sent them, and the last event that it had of a stream. */
export interface Conditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly lastEventId?: string | undefined;
}

/** The input of `run`: path, query and body as their schemas parse them. */
export interface Input<P extends Shape, Q extends Shape, B extends Schema> {
  readonly params: ParsedShape<P>;
  readonly query: ParsedShape<Q>;
  readonly body: Parsed<B>;
  readonly conditions: Conditions;
  /** Of the types that the endpoint responds with, the one that the client prefers; the first where it accepts any. */
  readonly mediaType: string;
  /** The body of an endpoint that declares `uploads`. */
  readonly upload?: Upload;
  /** The id of a message whose body is signed. */
  readonly messageId?: string;
}

interface Declaration<P extends Shape, Q extends Shape, B extends Schema> {
  readonly method: Method;
  /** Below the router's prefix, in Express notation: `/:id/cancel`. */
  readonly path: string;
  /** The operation id of the OpenAPI document, unique: `cancelOrder`. */
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The bounds of a body that may be larger than others; those of its schema, and BODY_LIMIT_BYTES, where nothing is said. */
  readonly largeBody?: LargeBody;
  /** How the body is signed, where its sender is known by nothing else. */
  readonly signedBody?: SignedBody;
  /** The media types of a body that is a file; `run` reads it from `Input.upload`, and sees to its idempotency and dry run. */
  readonly uploads?: readonly string[];
  /** A JSON example of the body. */
  readonly example?: unknown;
  readonly conditionalHeaders?: readonly ConditionalHeader[];
  readonly responses: Readonly<Record<number, ResponseDeclaration>>;
  /** The problems of its own, beside those that follow from the declaration. */
  readonly problems?: readonly ProblemType[];
  /**
   * `strict` for endpoints that check a password: fewer requests per minute than the general limit; `with-token` below a router without a
   * limit, where a request takes a point only if it has a token, which is looked up in the database.
   */
  readonly rateLimit?: 'strict' | 'with-token';
  /** Whether a POST only reads, because what it asks does not fit a URL: it takes no idempotency key and no dry run. */
  readonly isRead?: boolean;
  /**
   * Whether a write can be tried; `refused` where trying it would tell what only doing it may tell, such as whether a password is right, or
   * would change something that no transaction takes back.
   */
  readonly dryRun?: 'supported' | 'refused';
  /**
   * Returns what identifies a client that is not signed in, such as the email of a log-in: the owner of its idempotency keys. Required of a
   * write that anybody may call.
   */
  readonly anonymousClient?: (input: Input<P, Q, B>) => string;
  /** Whether the reply holds secrets, such as tokens: an idempotent one is kept encrypted. */
  readonly repliesWithSecret?: boolean;
  /** Whether REQUIRE_IDEMPOTENCY_KEY applies: a request that moves goods or money. */
  readonly requiresIdempotencyKey?: boolean;
  /** The points that a request takes from the general limit; 1 where nothing is said. */
  readonly cost?: (query: ParsedShape<Q>) => number;
}

/**
 * Whether `run` is one unit of work: `managed` commits it before the response is sent and may repeat it; `none` is for a read of one
 * statement, and for a write that opens its own units of work (a log-in hashes for long, and must not hold a transaction open), the one
 * that makes the reply by `replyOnce`; `statement` is for a write of one statement, which itself finds and records an idempotent reply.
 */
export type TransactionMode = 'managed' | 'none' | 'statement';

/** An endpoint of any types, as the router, the OpenAPI document and the tests use it. */
export interface Endpoint extends Declaration<Shape, Shape, Schema> {
  readonly transaction: TransactionMode;
  /**
   * Returns the ids of the rows that a managed `run` will lock, as far as they are known; without it, the `id` of the path. Others that
   * want them wait outside the database (`database/pool/waits/row-queue.ts`).
   */
  rows?(ctx: Ctx, input: Input<Shape, Shape, Schema>): RowIds | Promise<RowIds>;
  run(ctx: Ctx, input: Input<Shape, Shape, Schema>): Promise<Reply>;
}

/** Returns whether an endpoint may change something. */
export function isWrite({ method, isRead }: Pick<Endpoint, 'method' | 'isRead'>): boolean {
  return method !== 'get' && isRead !== true;
}

type RowIds = readonly string[];

type None = Readonly<Record<never, never>>;
type NoBody = Schema<undefined>;

type Runnable<C, P extends Shape, Q extends Shape, B extends Schema> = Declaration<P, Q, B> & {
  run(ctx: C, input: Input<P, Q, B>): Promise<Reply>;
};

/** Declares an endpoint; Express, validation, the OpenAPI document and the permission table all derive from the declaration. */
export function endpoint<P extends Shape = None, Q extends Shape = None, B extends Schema = NoBody>(
  declaration: Runnable<TxContext, P, Q, B> & {
    readonly transaction: 'managed';
    rows?(ctx: Ctx, input: Input<P, Q, B>): RowIds | Promise<RowIds>;
  },
): Endpoint;
export function endpoint<P extends Shape = None, Q extends Shape = None, B extends Schema = NoBody>(
  declaration: Runnable<Ctx, P, Q, B> & { readonly transaction: 'none' | 'statement' },
): Endpoint;
export function endpoint(declaration: object): Endpoint {
  return declaration as Endpoint;
}
