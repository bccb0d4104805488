import type { Server } from 'node:http';

/**
 * Closes the server to new connections, waits for the requests in flight, at most the given milliseconds, then aborts the rest. Returns
 * whether all were answered.
 */
export async function drain(server: Server, withinMs: number): Promise<boolean> {
  let isComplete = true;
  // A kept-alive connection becomes idle after its last response, and must take no further request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => {
    isComplete = false;
    server.closeAllConnections();
  }, withinMs);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(sweep);
  clearTimeout(limit);
  return isComplete;
}
