/** JSON text that is sent as it is, as PostgreSQL wrote it. */
export class JsonText {
  readonly text: string;
  /** Its length in UTF-8. */
  readonly bytes: number;

  /** Of parts that make one text. Each is measured by itself: V8 joins texts when they are looked into, which copies them, so that is left to the sending. */
  constructor(...parts: readonly string[]) {
    this.text = parts.reduce((text, part) => text + part, '');
    this.bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  }
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
