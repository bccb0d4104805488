import { createServer as createTcpServer } from 'node:net';
import { POST_LIMITS, post } from '../../../src/webhooks/network/post';
import { Receiver } from '../support/receiver';

const receiver = new Receiver();
beforeAll(() => receiver.open());
afterAll(() => receiver.close());
beforeEach(() => receiver.reset());

const LIMITS = { ...POST_LIMITS, connectMs: 200, headersMs: 300, wholeMs: 400, bodyBytes: 1_000 };
const send = (url = receiver.url) =>
  post({ url: new URL(url), address: '127.0.0.1', headers: { 'webhook-id': 'x' }, body: '{"a":"ü"}' }, LIMITS);

test('posts to the address that was checked, under the name of the URL', async () => {
  const url = receiver.url.replace('127.0.0.1', 'receiver.example');
  expect(await send(url)).toEqual({ status: 204, retryAfter: undefined });
  expect(receiver.received).toMatchObject([{ body: '{"a":"ü"}', headers: { host: new URL(url).host, connection: 'close' } }]);
});

test('follows no redirect', async () => {
  receiver.answer = (_req, res) => void res.writeHead(302, { Location: `${receiver.url}/elsewhere` }).end();
  expect(await send()).toMatchObject({ status: 302 });
  expect(receiver.received).toHaveLength(1);
});

test('takes the status of an answer that never ends, or is too long', async () => {
  receiver.answer = (_req, res) => void res.writeHead(200).write('x');
  expect(await send()).toMatchObject({ status: 200 });
  receiver.answer = (_req, res) => {
    res.writeHead(500);
    const more = () => res.write('x'.repeat(10_000)) && !res.destroyed && setImmediate(more);
    more();
  };
  expect(await send()).toMatchObject({ status: 500 });
});

test('gives up where no answer comes, or none that is HTTP', async () => {
  receiver.answer = () => undefined;
  await expect(send()).rejects.toMatchObject({ code: 'timed_out', message: 'The receiver sent no answer within 0.3 seconds.' });
  receiver.answer = (_req, res) => void res.writeHead(200, { 'X-Long': 'x'.repeat(20_000) }).end();
  await expect(send()).rejects.toMatchObject({ code: 'connection_failed' });
  receiver.answer = (req) => void req.socket.destroy();
  await expect(send()).rejects.toMatchObject({ code: 'connection_failed' });
});

test('gives up where the TLS handshake does not come about', async () => {
  await expect(send(receiver.url.replace('http:', 'https:'))).rejects.toMatchObject({
    code: expect.stringMatching(/tls_failed|connection_failed/),
  });
  const silent = createTcpServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  await expect(send(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'timed_out' });
  silent.close();
});

test('says that nobody listens', async () => {
  await expect(send('http://127.0.0.1:1/')).rejects.toMatchObject({
    code: 'connection_failed',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});
