import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { Connections } from './connections/connections';

const SWEEP_MS = 50;
/* A client that is busy sends its next request sooner; closing its connection under that request would look like a reset. */
const IDLE_MS = 1_000;

/**
 * Closes the server to new connections, answers the requests that come on open ones (the last on each says `Connection: close`), ends
 * those that stay idle for a second, and after the given milliseconds aborts the rest. Returns whether all requests were answered.
 */
export async function drain(server: Server, withinMs: number): Promise<boolean> {
  const connections = Connections.of(server);
  let isComplete = true;
  connections.drain();
  const idleMs = Math.min(IDLE_MS, withinMs / 2);
  const sweep = setInterval(() => connections.closeIdle(idleMs), SWEEP_MS);
  const limit = setTimeout(() => {
    isComplete = !connections.areBusy;
    connections.destroy();
  }, withinMs);
  await closed(server);
  clearInterval(sweep);
  clearTimeout(limit);
  return isComplete;
}

/* The close of Node's HTTP server would first destroy the connections that are idle at this moment, with requests on their way. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}
