import { IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, type ServerOptions, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { awaitsBody } from './body-arrival';

/** The classes of which `createServer` makes requests and responses. */
export type MessageClasses = Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * Returns classes of requests and responses that have Express's prototypes from the start. Express would set each message's prototype with
 * `Object.setPrototypeOf`, after which V8's inline caches miss on every property of it.
 * A response that precedes the end of its request's body says `Connection: close`.
 */
export function expressMessages(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {
    /* What still arrives after a response is the rest of a body that nobody reads; the connection cannot serve another request. */
    override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
      if (awaitsBody(this.req)) this.shouldKeepAlive = false;
      return super.writeHead(status, reason as string, headers);
    }
  }
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  Object.assign(app, { request: AppRequest.prototype, response: AppResponse.prototype });
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse as typeof ServerResponse };
}
