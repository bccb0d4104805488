/** Where a streamed response goes. */
export interface StreamTarget {
  /** Sends status and headers; returns whether the client wants the body (not for HEAD, nor where its ETag is current). */
  begin(headers: Readonly<Record<string, string>>): boolean;
  /** Sends a part of the body, without waiting for the client to read it; returns false where the client has left. */
  write(part: string): Promise<boolean>;
}

/** JSON text that is made while it is sent, so that a response of any length takes the memory of one part. */
export class JsonStream {
  /** `produce` calls `begin` once, then `write` for each part; what it throws before `begin` becomes a problem, and later ends the connection. */
  constructor(readonly produce: (target: StreamTarget) => Promise<void>) {}
}
