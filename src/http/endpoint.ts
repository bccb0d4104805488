import type { UnitOfWorkOptions } from '../database/transaction/unit-of-work';
import type { Ctx, TxContext } from '../context/context';
import type { Parsed, ParsedShape, Schema, Shape } from '../schema/schema';
import type { HeaderName } from './output/response-headers';
import type { Reply } from './output/reply';
import type { Access } from '../context/permission';
import type { ProblemType } from '../problems/problem';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One answer of an endpoint, as the OpenAPI document tells it. */
export interface Answer {
  readonly about: string;
  /** Made when the document is written: a start does not wait for it. */
  readonly schema?: () => Schema;
  /** The headers it carries beside those of every answer. */
  readonly headers?: readonly HeaderName[];
}

/** The request headers that endpoints may read beside those of every request. */
export interface Conditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface Input<P extends Shape, Q extends Shape, B extends Schema> {
  readonly params: ParsedShape<P>;
  readonly query: ParsedShape<Q>;
  readonly body: Parsed<B>;
  readonly conditions: Conditions;
}

interface Declaration<P extends Shape, Q extends Shape, B extends Schema> {
  readonly method: Method;
  /** Below the router's prefix, in Express notation: `/:id/cancel`. */
  readonly path: string;
  /** The operation id of the OpenAPI document, unique: `cancelOrder`. */
  readonly id: string;
  readonly summary: string;
  readonly about?: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** A JSON example of the body. */
  readonly example?: unknown;
  /** Which conditional headers it honours. */
  readonly honours?: readonly ('If-Match' | 'If-None-Match')[];
  readonly answers: Readonly<Record<number, Answer>>;
  /** The problems of its own, beside those that follow from the declaration. */
  readonly problems?: readonly ProblemType[];
  /** Log-in and the like: a stricter limit of requests a minute and client. */
  readonly strictlyLimited?: boolean;
}

type None = Readonly<Record<never, never>>;
type NoBody = Schema<undefined>;

/** An endpoint as the router, the OpenAPI document and the tests see it, whatever its types. */
export interface Endpoint extends Declaration<Shape, Shape, Schema> {
  readonly unit: 'none' | 'transaction';
  readonly transaction: UnitOfWorkOptions;
  run(ctx: Ctx, input: Input<Shape, Shape, Schema>): Promise<Reply>;
}

/**
 * Declares an endpoint that runs outside a unit of work: a read of one statement, or work that opens its own units (a log-in,
 * whose slow hashing must not hold a transaction open).
 */
export function reads<P extends Shape = None, Q extends Shape = None, B extends Schema = NoBody>(
  declaration: Declaration<P, Q, B> & { run(ctx: Ctx, input: Input<P, Q, B>): Promise<Reply> },
): Endpoint {
  return { ...declaration, unit: 'none', transaction: {} } as unknown as Endpoint;
}

/**
 * Declares an endpoint that runs in one unit of work: the answer is sent after the commit, and `run` may be repeated when
 * PostgreSQL asks for it.
 */
export function writes<P extends Shape = None, Q extends Shape = None, B extends Schema = NoBody>(
  declaration: Declaration<P, Q, B> & {
    readonly transaction?: UnitOfWorkOptions;
    run(tx: TxContext, input: Input<P, Q, B>): Promise<Reply>;
  },
): Endpoint {
  return { transaction: {}, ...declaration, unit: 'transaction' } as unknown as Endpoint;
}

/** The endpoints below one prefix, in the order of the API docs. */
export interface Routes {
  readonly prefix: string;
  /** The section of the docs. */
  readonly tag: string;
  readonly about: string;
  readonly endpoints: readonly Endpoint[];
}
