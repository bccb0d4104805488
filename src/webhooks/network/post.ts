import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { DeliveryError } from './delivery-error';
import { hostOf } from './webhook-url';

/** A request to a receiver, at an address that has been checked. */
export interface Post {
  readonly url: URL;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver answered. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** How long each part of a request may take, in milliseconds, and how much of an answer is read, in bytes. */
export const POST_LIMITS = { connectMs: 5_000, headersMs: 10_000, wholeMs: 15_000, bodyBytes: 65_536, headerBytes: 16_384 } as const;

export type PostLimits = Readonly<Record<keyof typeof POST_LIMITS, number>>;

/**
 * Posts to the address itself, under the name of the URL, on a connection of its own: neither a second look-up nor a kept connection can
 * lead elsewhere, and no redirect is followed. Returns the answer once it has ended, or as much of it has been read as is allowed. Throws
 * `connection_failed`, `tls_failed` or `timed_out`.
 */
export function post({ url, address, headers, body }: Post, limits: PostLimits = POST_LIMITS): Promise<Answer> {
  const host = hostOf(url);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = send({
    method: 'POST',
    host: address,
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, Host: url.host, 'Content-Length': Buffer.byteLength(body) },
    agent: false,
    maxHeaderSize: limits.headerBytes,
    ...(isIP(host) === 0 && { servername: host }),
  });
  const answer = answered(request, url.protocol === 'https:' ? 'secureConnect' : 'connect', limits);
  request.end(body);
  return answer;
}

function answered(request: ClientRequest, connected: string, limits: PostLimits): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timers = [
      abortAfter(request, limits.connectMs, 'The receiver accepted no connection'),
      abortAfter(request, limits.headersMs, 'The receiver sent no answer'),
      abortAfter(request, limits.wholeMs, 'The answer did not end'),
    ] as const;
    const [connecting, answering] = timers;
    request.once('socket', (socket) => socket.once(connected, () => clearTimeout(connecting)));
    // The status decides, whatever the body does: a receiver that answers 200 and then stalls has the delivery.
    let answer: Answer | undefined;
    const end = (failure: DeliveryError) => (answer ? resolve(answer) : reject(failure));
    request.once('error', (error) => end(failureOf(error)));
    request.once('response', (response) => {
      clearTimeout(answering);
      answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
      drop(response, limits.bodyBytes);
    });
    request.once('close', () => {
      for (const timer of timers) clearTimeout(timer);
      end(new DeliveryError('connection_failed', 'The receiver closed the connection without an answer.'));
    });
  });
}

function abortAfter(request: ClientRequest, ms: number, what: string): NodeJS.Timeout {
  return setTimeout(() => request.destroy(new DeliveryError('timed_out', `${what} within ${ms / 1_000} seconds.`)), ms);
}

function drop(response: IncomingMessage, maxBytes: number): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) response.destroy();
  });
}

function failureOf(error: Error): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const code = 'code' in error ? String(error.code) : '';
  const isTls = /CERT|SSL|TLS|ISSUER|SIGNED|ALTNAME/.test(code);
  return isTls
    ? new DeliveryError('tls_failed', `The receiver's certificate or TLS was refused (${code}).`)
    : new DeliveryError('connection_failed', `The connection to the receiver failed (${code || 'unknown'}).`);
}
