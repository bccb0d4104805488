import { Agent, get, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express, { type RequestHandler } from 'express';
import { loadEnv } from '../../../config/env';
import { drain } from '../../../src/http/server/drain';
import { addressOf, listen } from '../../../src/http/server/listen';
import { createLogger } from '../../../src/logging/logger';

const CLIENTS = 24;
let server: Server;

/** Serves a handler as the shop is served. */
async function serve(handler: RequestHandler): Promise<string> {
  const env = loadEnv({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: 'postgres://nobody@localhost/nothing', PORT: '0' });
  server = await listen(express().use(handler), env, createLogger(env));
  return addressOf(server);
}

test('finishes the request in flight, refuses new connections, and then ends', async () => {
  const arrived = deferred();
  const finish = deferred();
  const address = await serve((_req, res) => {
    arrived.resolve();
    void finish.promise.then(() => res.end('late'));
  });
  const response = fetch(address);
  await arrived.promise;
  const drained = drain(server, 5_000);
  await expect(fetch(address)).rejects.toThrow();
  finish.resolve();
  const received = await response;
  expect([received.headers.get('connection'), await received.text()]).toEqual(['close', 'late']);
  expect(await drained).toBe(true);
});

test('aborts a request that does not finish within the limit', async () => {
  const arrived = deferred();
  const address = await serve(() => arrived.resolve());
  const refused = expect(fetch(address)).rejects.toThrow();
  await arrived.promise;
  expect(await drain(server, 100)).toBe(false);
  await refused;
});

test('none of 24 busy keep-alive clients sees a reset: each request is answered whole, or its connection is refused', async () => {
  let isDraining = false;
  let afterwards = 0;
  const body = 'x'.repeat(20_000);
  const address = await serve((_req, res) => {
    if (isDraining) afterwards += 1;
    setTimeout(() => res.end(body), Math.random() * 10);
  });
  const busy = Array.from({ length: CLIENTS }, () => deferred());
  const clients = busy.map(({ resolve }) => sendUntilRefused(address, body, resolve));
  await Promise.all(busy.map(({ promise }) => promise));
  isDraining = true;
  expect(await drain(server, 10_000)).toBe(true);
  expect(await Promise.all(clients)).toEqual(Array.from({ length: CLIENTS }, () => 'ECONNREFUSED'));
  expect(afterwards).toBeGreaterThan(0);
});

test('answers a request on a connection that was idle when the stop began, and tells the client to close it', async () => {
  const address = await serve((_req, res) => void res.end('ok'));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect((await ask(address, agent)).headers.connection).toBe('keep-alive');
  const drained = drain(server, 5_000);
  expect((await ask(address, agent)).headers.connection).toBe('close');
  expect(await drained).toBe(true);
});

test('says close on the last response of a client that pipelines, after the others', async () => {
  const arrived = deferred();
  const finish = deferred();
  await serve((req, res) => {
    arrived.resolve();
    void finish.promise.then(() => res.end(req.url));
  });
  const answer = exchange([1, 2, 3].map((n) => `GET /${n} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
  await arrived.promise;
  const drained = drain(server, 5_000);
  finish.resolve();
  expect((await answer).match(/Connection: .*|\/\d$/gm)?.map((line) => line.trim())).toEqual([
    'Connection: keep-alive',
    'Connection: keep-alive',
    'Connection: close',
    '/3',
  ]);
  expect(await drained).toBe(true);
});

test('ends when idle connections, and silent ones, are all that is left', async () => {
  await serve((_req, res) => void res.end());
  const silent = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await new Promise((resolve) => silent.once('connect', resolve));
  silent.on('error', () => undefined);
  expect(await drain(server, 10_000)).toBe(true);
});

/* Sends a request after the other on one kept-alive connection, until no connection can be made; returns why. */
async function sendUntilRefused(address: string, expected: string, busy: () => void): Promise<unknown> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let sent = 0; ; sent++) {
    try {
      const { text } = await ask(address, agent);
      if (text !== expected) return `a body of ${text.length} characters`;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? error;
    }
    if (sent === 2) busy();
  }
}

function ask(address: string, agent: Agent): Promise<{ text: string; headers: IncomingMessage['headers'] }> {
  return new Promise((resolve, reject) => {
    const request = get(address, { agent }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => resolve({ text, headers: response.headers }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

/* Sends bytes, and returns everything that comes back until the server closes the connection. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
