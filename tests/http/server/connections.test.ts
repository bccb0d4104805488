import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import { loadEnv } from '../../../config/env';
import { Connections } from '../../../src/http/server/connections/connections';
import { addressOf, listen } from '../../../src/http/server/listen';
import { createLogger } from '../../../src/logging/logger';
import { connectionsOf, exchange, openSocket, untilConnections } from '../support/raw-client';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: RequestHandler, settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  const env = loadEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: 'postgres://nobody@localhost/nothing',
    PORT: '0',
    ...settings,
  });
  const server = await listen(express().use(handler), env, createLogger(env));
  servers.push(server);
  return server;
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const ok: RequestHandler = (_req, res) => void res.end('ok');

test.each([
  ['silent clients', ''],
  ['clients that stop in the headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
  ['clients that send no HTTP', 'HELLO\r\n\r\n'],
])('frees the connections of 50 %s, though they never close them', async (_what, bytes) => {
  const server = await serve(ok, { REQUEST_TIMEOUT_MS: '200' });
  const clients = await Promise.all(Array.from({ length: 50 }, () => openSocket(server, bytes)));
  await untilConnections(server, 0);
  expect((await fetch(addressOf(server))).status).toBe(200);
  for (const client of clients) client.destroy();
});

test('holds no more connections than MAX_CONNECTIONS, and takes new ones when some have closed', async () => {
  const server = await serve(ok, { MAX_CONNECTIONS: '3' });
  const clients = await Promise.all([1, 2, 3].map(() => openSocket(server)));
  await untilConnections(server, 3);
  await expect(fetch(addressOf(server))).rejects.toThrow();
  for (const client of clients) client.destroy();
  await untilConnections(server, 0);
  expect((await fetch(addressOf(server))).status).toBe(200);
});

test('holds no more connections of one address than allowed, and serves other addresses', async () => {
  const server = await serve(ok, { MAX_CONNECTIONS_PER_ADDRESS: '2' });
  const clients = await Promise.all([1, 2, 3, 4].map(() => openSocket(server, '', '127.0.0.9')));
  await untilConnections(server, 2);
  expect((await fetch(addressOf(server))).status).toBe(200);
  for (const client of clients) client.destroy();
});

test('does not count per address behind a proxy, whose address all connections have', async () => {
  const server = await serve(ok, { MAX_CONNECTIONS_PER_ADDRESS: '1', TRUST_PROXY: '1' });
  const clients = await Promise.all([1, 2, 3].map(() => openSocket(server)));
  await untilConnections(server, 3);
  for (const client of clients) client.destroy();
});

test('cuts off a client that never reads its response, and not one that waits long for it', async () => {
  let answer = () => {};
  const server = await serve(
    (req, res) => {
      if (req.path === '/large') res.end(Buffer.alloc(30_000_000));
      else answer = () => res.end('worth the wait');
    },
    { WRITE_TIMEOUT_MS: '300' },
  );
  const patient = fetch(addressOf(server));
  const deaf = await openSocket(server, get('/large'));
  await untilConnections(server, 2);
  await untilConnections(server, 1);
  deaf.destroy();
  answer();
  expect(await (await patient).text()).toBe('worth the wait');
});

test('works on one request at a time of a client that pipelines and never reads, and cuts it off', async () => {
  let begun = 0;
  const server = await serve(
    (_req, res) => {
      begun += 1;
      res.end(Buffer.alloc(10_000_000));
    },
    { WRITE_TIMEOUT_MS: '300' },
  );
  const deaf = await openSocket(server, get('/').repeat(50));
  await untilConnections(server, 1);
  await untilConnections(server, 0);
  expect(begun).toBe(1);
  // The rest of the response is gone, too: nothing waits in the kernel for a client that never reads.
  expect(await bytesLeft(deaf)).toBeLessThan(1_000_000);
  deaf.destroy();
});

test('leaves nothing in the kernel for a client that has not read when a stop aborts every connection', async () => {
  let isSent = false;
  const server = await serve((_req, res) => {
    res.end(Buffer.alloc(10_000_000));
    isSent = true;
  });
  const deaf = await openSocket(server, get('/'));
  while (!isSent) await new Promise((resolve) => setImmediate(resolve));
  Connections.of(server).destroy();
  expect(await bytesLeft(deaf)).toBeLessThan(1_000_000);
  deaf.destroy();
});

/* After a reset the client's own kernel drops what it had; after a close it would read on. */
function bytesLeft(socket: Socket): Promise<number> {
  let bytes = 0;
  socket.on('data', (part) => {
    bytes += part.length;
  });
  return new Promise((resolve) => {
    for (const last of ['end', 'close']) socket.once(last, () => resolve(bytes));
    if (socket.closed) resolve(bytes);
    socket.resume();
  });
}

test('cuts off a client that pipelines thousands of requests, and begins none but the first', async () => {
  let begun = 0;
  const server = await serve(() => {
    begun += 1;
  });
  const flood = await openSocket(server, get('/').repeat(2_000));
  while (begun === 0) await new Promise((resolve) => setImmediate(resolve));
  await untilConnections(server, 0);
  expect(begun).toBe(1);
  flood.destroy();
});

test('closes idle connections when they are nearly all taken, so that others can connect', async () => {
  const server = await serve(ok, { MAX_CONNECTIONS: '10' });
  const idle = await Promise.all(Array.from({ length: 9 }, () => openSocket(server, get('/'))));
  await untilConnections(server, 9);
  // Those that have not been idle for a second when room is made stay, and there may be one.
  while ((await connectionsOf(server)) >= 9) {
    expect(await exchange(server, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toContain('200 OK');
  }
  for (const client of idle) client.destroy();
});

test('lets others connect where every connection is taken by clients that only keep it', async () => {
  const server = await serve(ok, { MAX_CONNECTIONS: '5' });
  const idle = await Promise.all(Array.from({ length: 5 }, (_, index) => openSocket(server, index % 2 ? get('/') : '')));
  await untilConnections(server, 5);
  const answered = () =>
    fetch(addressOf(server)).then(
      ({ status }) => status,
      () => 'refused',
    );
  expect(await answered()).toBe('refused');
  while ((await answered()) !== 200) await new Promise((resolve) => setImmediate(resolve));
  for (const client of idle) client.destroy();
});

test('answers all of a hundred pipelined requests, in order, to a client that reads', async () => {
  const server = await serve((req, res) => {
    setImmediate(() => res.end(`<${req.path}>`));
  });
  const paths = Array.from({ length: 100 }, (_, n) => `/${n}`);
  const requests = paths
    .map(get)
    .join('')
    .replace(/\r\n\r\n$/, '\r\nConnection: close\r\n\r\n');
  const answer = await exchange(server, requests);
  expect(answer.match(/<\/\d+>/g)).toEqual(paths.map((path) => `<${path}>`));
});

test('answers a request before it refuses what follows and is no HTTP', async () => {
  const server = await serve((_req, res) => {
    setImmediate(() => setImmediate(() => res.end('first')));
  });
  const [first, second] = (await exchange(server, `${get('/')}HELLO\r\n\r\n`)).split('HTTP/1.1 400');
  expect(first).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(first).toMatch(/first$/);
  expect(second).toContain('malformed_request');
});
