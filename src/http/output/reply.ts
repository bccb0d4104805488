/** JSON text that PostgreSQL rendered; it is sent unchanged. */
export class JsonText {
  readonly text: string;
  /** Its length in UTF-8, in bytes. */
  readonly bytes: number;

  /** Joins the parts. Each is measured by itself, because V8 copies a joined text when it is first read, which is left to sending. */
  constructor(...parts: readonly string[]) {
    this.text = parts.reduce((text, part) => text + part, '');
    this.bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  }
}

/** What an endpoint returns; it is sent once its work is committed. */
export interface Reply {
  readonly status: number;
  /** Any JSON value, text that is JSON already, its bytes, or a stream of it; absent for an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

/** Returns a 200 with a body. */
export function ok(body: unknown, headers: Headers = {}): Reply {
  return { status: 200, body, headers };
}

/** Returns a 201 with the new object and its location. */
export function created(location: string, body: unknown, headers: Headers = {}): Reply {
  return { status: 201, body, headers: { Location: location, ...headers } };
}

/** Returns a 204. */
export function noContent(): Reply {
  return { status: 204 };
}

/** Returns a 301: the object has another URL now. */
export function movedPermanently(location: string): Reply {
  return { status: 301, headers: { Location: location } };
}

/** Returns a 304: the client has this version. */
export function notModified(headers: Headers): Reply {
  return { status: 304, headers };
}
