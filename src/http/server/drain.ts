import type { Server } from 'node:http';

/**
 * Takes no new connection and waits until the requests in flight are answered, at most the given milliseconds; then it cuts off the
 * rest. Answers whether all were answered.
 */
export async function drain(server: Server, withinMs: number): Promise<boolean> {
  let isComplete = true;
  // A kept-alive connection becomes idle when its last answer is out; nobody may send another request on it.
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
