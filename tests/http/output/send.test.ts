import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from 'express';
import fc from 'fast-check';
import { JsonText } from '../../../src/http/output/reply';
import { sendText } from '../../../src/http/output/send';

let parts: readonly string[] = [];
const server = createServer((req, res) => {
  const { text, bytes } = new JsonText(...parts);
  sendText(req as Request, res as Response, 200, text, 'text/plain; charset=utf-8', bytes);
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => new Promise((closed) => server.close(closed)));

const piece = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'é', '\u00ff', '\u0080', '漢字', '😀', '"', '\\'));

test('sends a text of any characters whole, with its length in bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
      parts = pieces;
      const { headers, body } = await answer();
      expect(body.toString('utf8')).toBe(pieces.join(''));
      expect(headers['content-length']).toBe(String(body.length));
    }),
    { numRuns: 200 },
  );
});

async function answer() {
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers as Record<string, string>, body: Buffer.concat(chunks) };
}
