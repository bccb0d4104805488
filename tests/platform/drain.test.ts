import { createServer, type RequestListener, type Server } from 'node:http';
import { drain } from '../../src/http/server/drain';
import { addressOf } from '../../src/http/server/listen';

test('answers the request in flight, takes no new one, and then is done', async () => {
  const arrived = deferred();
  const server = await listening((_req, res) => {
    arrived.resolve();
    setTimeout(() => res.end('late'), 200);
  });
  const address = addressOf(server);
  const answer = fetch(address).then((response) => response.text());
  await arrived.promise;
  const drained = drain(server, 5_000);
  await expect(fetch(address)).rejects.toThrow();
  expect(await answer).toBe('late');
  expect(await drained).toBe(true);
});

test('cuts off, at the limit, a request that has no end', async () => {
  const arrived = deferred();
  const server = await listening(() => arrived.resolve());
  const answer = fetch(addressOf(server));
  const refused = expect(answer).rejects.toThrow();
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
