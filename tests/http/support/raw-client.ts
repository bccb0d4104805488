import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** Opens a connection to the server that never reads by itself; one that the server refuses is closed, without an error. */
export function openSocket(server: Server, bytes: string | Buffer = '', localAddress = '127.0.0.1'): Promise<Socket> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    socket.pause();
    socket.on('error', () => undefined);
    socket.once('connect', () => socket.write(bytes, () => resolve(socket)));
    socket.once('close', () => resolve(socket));
  });
}

/** Sends bytes, and returns everything that comes back until the server closes the connection. */
export function exchange(server: Server, bytes: string | Buffer): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

/** Returns how many connections the server holds. */
export function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
}

/** Waits until the server holds so many connections. */
export async function untilConnections(server: Server, expected: number): Promise<void> {
  while ((await connectionsOf(server)) !== expected) await new Promise((resolve) => setImmediate(resolve));
}
