import { JSON_CONTENT_TYPE } from '../content-types';

/** Where a streamed response goes. */
export interface StreamTarget {
  /** Sends status and headers; returns whether the client wants the body (not for HEAD, nor where its ETag is current). */
  begin(headers: Readonly<Record<string, string>>): boolean;
  /** Sends a part of the body, and waits for the client within the stream's patience; returns false where the client has left. */
  write(part: string): Promise<boolean>;
}

export interface StreamOptions {
  readonly contentType?: string;
  /** How long all writes together wait for the client to read, in milliseconds; what it has not read by then waits in a file. */
  readonly patienceMs?: number;
}

/** Text that is made while it is sent, so that a response of any length takes the memory of one part. */
export class TextStream {
  readonly contentType: string;
  readonly patienceMs: number;

  /** `produce` calls `begin` once, then `write` for each part; what it throws before `begin` becomes a problem, and later ends the connection. */
  constructor(
    readonly produce: (target: StreamTarget) => Promise<void>,
    { contentType = JSON_CONTENT_TYPE, patienceMs = 0 }: StreamOptions = {},
  ) {
    this.contentType = contentType;
    this.patienceMs = patienceMs;
  }
}
