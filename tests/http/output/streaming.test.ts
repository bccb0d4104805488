import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from 'express';
import { sendStream } from '../../../src/http/output/streaming/send-stream';
import { type StreamTarget, TextStream } from '../../../src/http/output/streaming/text-stream';

/* More than the buffers of a connection hold. */
const PARTS = 300;
const PART = 'é'.repeat(50_000);

let server: Server;
let produced: Promise<void>;
let listeners: number;
let produce: (target: StreamTarget) => Promise<void>;

beforeAll(async () => {
  server = createServer((req, res) => {
    const stream = new TextStream((target) => {
      produced = produce(target);
      return produced;
    });
    countListeners(res);
    sendStream(req as Request, res as Response, 200, stream).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function countListeners(res: ServerResponse): void {
  listeners = 0;
  const on = res.on.bind(res);
  res.on = (...args: Parameters<typeof on>) => {
    if (args[0] === 'drain' || args[0] === 'close') listeners += 1;
    return on(...args);
  };
}

const open = () =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get({ port: (server.address() as AddressInfo).port, agent: false }, resolve).on('error', reject);
  });

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const all = async ({ begin, write }: StreamTarget) => {
  begin({});
  for (let n = 0; n < PARTS; n++) await write(`${n}${PART}`);
};

test('finishes a response that the client has yet to read, and sends it whole and in order when it does', async () => {
  produce = all;
  const response = await open();
  await produced;
  const text = await textOf(response);
  expect(text.length).toBe(PARTS * PART.length + '0123456789'.length + 90 * 2 + 200 * 3);
  expect(text.match(/\d+/g)).toEqual(Array.from({ length: PARTS }, (_, n) => String(n)));
  // One each, however many parts there are.
  expect(listeners).toBe(2);
});

test('stops where the client leaves', async () => {
  let isWanted = true;
  produce = async ({ begin, write }) => {
    begin({});
    while (isWanted) isWanted = await write(PART);
  };
  const response = await open();
  response.destroy();
  await produced;
  expect(isWanted).toBe(false);
});

test('cuts the connection where the rest cannot be made', async () => {
  produce = async ({ begin, write }) => {
    begin({});
    await write(PART);
    throw new Error('The database went away.');
  };
  await expect(textOf(await open())).rejects.toThrow('aborted');
});
