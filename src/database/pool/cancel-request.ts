import { connect } from 'node:net';
import type { Client } from 'pg';

const CANCEL_TIMEOUT_MS = 2_000;
/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const CANCEL_REQUEST = 80_877_102;

/* What the driver knows of its session; its own `cancel` works on a client of its own only, and tells nothing of the outcome. */
interface Session {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}

/**
 * Asks PostgreSQL to cancel what a connection is running. Returns true once the request has been carried out: whatever the connection
 * sends afterwards is safe from it, because PostgreSQL drops a cancellation that arrives between two commands. Returns false where that
 * is not certain, within two seconds.
 */
export function cancelRunning(connection: Client): Promise<boolean> {
  const { host, port, processID, secretKey } = connection as unknown as Session;
  const request = Buffer.alloc(16);
  for (const [at, value] of [16, CANCEL_REQUEST, processID, secretKey].entries()) request.writeInt32BE(value, at * 4);
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    let isDone = false;
    socket.setTimeout(CANCEL_TIMEOUT_MS, () => socket.destroy());
    // PostgreSQL signals the backend before it closes.
    socket.once('end', () => {
      isDone = true;
    });
    // A close follows, which tells the outcome.
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(isDone));
    socket.resume();
    socket.write(request);
  });
}
