import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Env } from '../../config/env';
import { refuseBrokenRequest } from '../http/broken-request';

/** Listens with the app; a slow or half-sent request is cut off at the time limit. Throws, naming the setting, where the port is taken. */
export function listen(app: RequestListener, env: Env): Promise<Server> {
  const server = createServer(
    { requestTimeout: env.REQUEST_TIMEOUT_MS, headersTimeout: env.REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 1_000 },
    app,
  );
  server.on('clientError', (error, socket) => refuseBrokenRequest(error, socket as Socket));
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = 'code' in error && error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${env.PORT} is taken by another process. Set PORT to a free one.`) : error);
    });
    server.listen(env.PORT, env.HOST, () => resolve(server));
  });
}

/** The address to reach the server at from this machine. */
export function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(address) ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
