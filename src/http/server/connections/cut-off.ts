import type { Socket } from 'node:net';

/**
 * Ends a connection at once. What its client has not read is dropped by a reset: after a plain close, the kernel would keep megabytes of a
 * response for minutes, for a client that never reads.
 */
export function cutOff(socket: Socket): void {
  if (socket.writableLength > 0) socket.resetAndDestroy();
  socket.destroy();
}
