import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import type { Env } from '../../../config/env';
import { handleClientError } from './client-error';
import { expressMessages } from './message-prototypes';

/** Listens with the app; a request that arrives too slowly is aborted. Throws as `requireFreeAddress` does. */
export function listen(app: Express, env: Env): Promise<Server> {
  const server = createServer(
    {
      ...expressMessages(app),
      requestTimeout: env.REQUEST_TIMEOUT_MS,
      headersTimeout: env.REQUEST_TIMEOUT_MS,
      keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: 1_000,
      // The app refuses a request without Host, or with an unknown Expect, by a problem document, as it refuses all.
      requireHostHeader: false,
    },
    app,
  );
  server.on('checkExpectation', app);
  server.on('clientError', (error, socket) => handleClientError(error, socket as Socket));
  return bind(server, env);
}

/** Throws, naming the setting, if nothing can listen at the address; called before the work of a start, not after it. */
export async function requireFreeAddress(env: Env): Promise<void> {
  const probe = await bind(createServer(), env);
  await new Promise((resolve) => probe.close(resolve));
}

function bind(server: Server, { HOST, PORT }: Env): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(refusal(error, HOST, PORT), { cause: error })));
    server.listen(PORT, HOST, () => resolve(server));
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
