import { createServer, type RequestListener, type Server } from 'node:http';
import { drain } from '../../../src/http/server/drain';
import { addressOf } from '../../../src/http/server/listen';

test('finishes the request in flight, refuses new ones, and then ends', async () => {
  const arrived = deferred();
  const server = await listening((_req, res) => {
    arrived.resolve();
    setTimeout(() => res.end('late'), 200);
  });
  const address = addressOf(server);
  const response = fetch(address).then((received) => received.text());
  await arrived.promise;
  const drained = drain(server, 5_000);
  await expect(fetch(address)).rejects.toThrow();
  expect(await response).toBe('late');
  expect(await drained).toBe(true);
});

test('aborts a request that does not finish within the limit', async () => {
  const arrived = deferred();
  const server = await listening(() => arrived.resolve());
  const response = fetch(addressOf(server));
  const refused = expect(response).rejects.toThrow();
  await arrived.promise;
  expect(await drain(server, 100)).toBe(false);
  await refused;
});

function listening(respond: RequestListener): Promise<Server> {
  const server = createServer(respond);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
