import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import { type Env, loadEnv } from '../../../config/env';
import { addressOf, listen } from '../../../src/http/server/listen';
import { createLogger } from '../../../src/logging/logger';

const servers: Server[] = [];
let env: Env;

beforeAll(() => {
  env = loadEnv({
    NODE_ENV: 'test',
    DATABASE_URL: 'postgres://nobody@localhost/nothing',
    JWT_SECRET: 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI',
    PORT: '0',
  });
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Serves the app as the shop is served, and returns its address. */
async function serve(app: Express): Promise<{ server: Server; address: string }> {
  const server = await listen(app, env, createLogger(env));
  servers.push(server);
  return { server, address: addressOf(server) };
}

const answering = (handler: RequestHandler) => {
  const app = express();
  app.use(handler);
  return app;
};

test('creates requests and responses with the prototypes of the app', async () => {
  const app = answering((req, res) => {
    res.json([Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response]);
  });
  const { server, address } = await serve(app);
  const born: boolean[] = [];
  server.prependListener('request', (req: IncomingMessage, res: ServerResponse) => {
    born.push(Object.getPrototypeOf(req) === app.request, Object.getPrototypeOf(res) === app.response);
  });
  expect(await (await fetch(address)).json()).toEqual([true, true]);
  expect(born).toEqual([true, true]);
});

test('gives requests and responses what Express gives them', async () => {
  const app = answering((req, res, next) => {
    res.locals.seen = req.query.what;
    next();
  });
  app.use((req, res) => {
    res.status(203).json({ ip: req.ip, app: [req.app === app, res.app === app], of: req.res === res && res.req === req, ...res.locals });
  });
  const answer = await fetch(`${(await serve(app)).address}/?what=tea`);
  expect(answer.status).toBe(203);
  expect(await answer.json()).toEqual({ ip: '127.0.0.1', app: [true, true], of: true, seen: 'tea' });
});

test('keeps two apps of one process apart', async () => {
  const named = (name: string, proxies: number) => {
    const app = answering((req, res) => {
      res.json({ name: req.app.get('name'), own: req.app === app && res.app === app, ip: req.ip });
    });
    return app.set('name', name).set('trust proxy', proxies);
  };
  const addresses = [await serve(named('near', 0)), await serve(named('far', 1))].map(({ address }) => address);
  const ask = async (address = '') => (await fetch(address, { headers: { 'X-Forwarded-For': '192.0.2.7' } })).json();
  for (let turn = 0; turn < 2; turn++) {
    expect(await ask(addresses[0])).toEqual({ name: 'near', own: true, ip: '127.0.0.1' });
    expect(await ask(addresses[1])).toEqual({ name: 'far', own: true, ip: '192.0.2.7' });
  }
});

test('serves one app on two ports', async () => {
  const app = answering((req, res) => {
    res.json([req.app === app, Object.getPrototypeOf(req) === app.request, req.ip]);
  });
  const { address: first } = await serve(app);
  const { address: second } = await serve(app);
  for (const address of [first, second, first]) expect(await (await fetch(address)).json()).toEqual([true, true, '127.0.0.1']);
});
