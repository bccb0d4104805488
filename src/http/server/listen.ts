import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import type { Logger } from 'winston';
import type { Env } from '../../../config/env';
import { RateLimitedLog } from '../../logging/rate-limited-log';
import { handleClientError } from './connections/client-error';
import { Connections } from './connections/connections';
import { maxConnections } from './connections/max-connections';
import { expressMessages } from './message-prototypes';

/**
 * Listens with the app. A request that arrives too slowly and a response that is read too slowly are aborted; connections are bounded, in
 * all and per client. Throws as `requireFreeAddress` does.
 */
export function listen(app: Express, env: Env, logger: Logger): Promise<Server> {
  const log = new RateLimitedLog(logger);
  const server = createServer(
    {
      ...expressMessages(app),
      requestTimeout: 0,
      headersTimeout: env.REQUEST_TIMEOUT_MS,
      keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      // The app refuses a request without Host, or with an unknown Expect, by a problem document, as it refuses all.
      requireHostHeader: false,
    },
    (req, res) => connections.receive(req, res),
  );
  const connections = new Connections(server, app as RequestListener, {
    max: maxConnections(env),
    arrivalMs: env.REQUEST_TIMEOUT_MS,
    // Behind a proxy, every connection has the proxy's address.
    maxPerNetwork: env.TRUST_PROXY > 0 ? Number.POSITIVE_INFINITY : env.MAX_CONNECTIONS_PER_ADDRESS,
    onCrowded: (open) => log.warn('connections are nearly all taken', { open }),
  });
  // All headers of 16 KiB; by default Node drops those after the 2,000th silently.
  server.maxHeadersCount = 0;
  server.timeout = env.WRITE_TIMEOUT_MS;
  // The reader of a body says 100 Continue; Node would say it before anything is checked.
  server.on('checkContinue', (req, res) => connections.receive(req, res));
  server.on('checkExpectation', (req, res) => connections.receive(req, res));
  server.on('clientError', (error, socket) => {
    const connection = connections.get(socket as Socket);
    if (connection) handleClientError(error, connection);
    else socket.destroy();
  });
  return bind(server, env);
}

/** Throws, naming the setting, if nothing can listen at the address; called before the work of a start, not after it. */
export async function requireFreeAddress(env: Env): Promise<void> {
  const probe = await bind(createServer(), env);
  await new Promise((resolve) => probe.close(resolve));
}

/* With Node's backlog of 511, a crowd that connects at once makes the kernel drop others, health checks among them, for seconds. */
function bind(server: Server, { HOST: host, PORT: port, MAX_CONNECTIONS: backlog }: Env): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(refusal(error, host, port), { cause: error })));
    server.listen({ port, host, backlog }, () => resolve(server));
  });
}

function refusal({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another process. Set PORT to a free one.`;
    case 'EACCES':
      return `Port ${port} requires privileges. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`;
    default:
      return `Cannot listen on ${host}:${port}: ${message}`;
  }
}

/** Returns the URL of the server on this machine. */
export function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
