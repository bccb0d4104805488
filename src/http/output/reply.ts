/** JSON text that is sent as it is, as PostgreSQL wrote it. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** What an endpoint answers once its work is committed. */
export interface Reply {
  readonly status: number;
  /** Any JSON value, or text that is JSON already; absent for an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

/** 200 with a body. */
export function ok(body: unknown, headers: Headers = {}): Reply {
  return { status: 200, body, headers };
}

/** 201 with the new object and where it is. */
export function created(location: string, body: unknown, headers: Headers = {}): Reply {
  return { status: 201, body, headers: { Location: location, ...headers } };
}

/** 204. */
export function noContent(): Reply {
  return { status: 204 };
}

/** 304: the client has it already. */
export function notModified(headers: Headers): Reply {
  return { status: 304, headers };
}
