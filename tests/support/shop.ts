import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Sequelize } from 'sequelize';
import request, { type Response } from 'supertest';
import { loadEnv } from '../../config/env';
import { buildApp } from '../../src/app';
import type { SystemResources } from '../../src/context/system-context';
import { connect } from '../../src/database/connection/connection';
import { listen } from '../../src/http/server/listen';
import { createLogger } from '../../src/logging/logger';
import { Contract, type OpenApi } from './contract';
import { createTestDatabase } from './database';
import { LogBook } from './privacy/log-book';
import { requireCleanAudit } from './privacy/private-places';
import { urlOf } from './server';

declare global {
  var contract: Contract | undefined;
}

export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

export interface Call {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For a path or method that no endpoint has: its response is held to no document. */
  readonly isUndocumented?: boolean;
}

/** A shop on a database of its own. */
export interface Shop extends SystemResources {
  readonly app: Express;
  readonly server: Server;
  readonly state: { draining: boolean };
  /** Sends a request, and checks the response against the OpenAPI document. */
  call(method: Method, path: string, call?: Call): Promise<Response>;
  /** Returns whether the OpenAPI document has the operation. */
  isDocumented(method: Method, path: string): boolean;
  /** The pool of the owner of the tables, as psql of an administrator of the database; the API's own is `sequelize`. */
  readonly owner: Sequelize;
  /** Runs a statement as the owner of the tables. */
  query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Starts a shop on a database of its own; `close` removes both. A test file normally calls `useShop`. */
export async function startShop(settings: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const database = await createTestDatabase();
  const mediaFolder = join(tmpdir(), `media-${randomUUID()}`);
  const env = loadEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.applicationUrl,
    MIGRATION_DATABASE_URL: ownerUrlBeside(settings.DATABASE_URL) ?? database.url,
    JWT_SECRET: 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI',
    LOG_LEVEL: 'debug',
    RATE_LIMIT: 'off',
    MAX_EVENT_LOOP_LAG_MS: 'off',
    MAX_REQUESTS_IN_WORK: 'off',
    JOBS: 'off',
    MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off',
    MAX_UNPAID_UNITS_PER_ACCOUNT: 'off',
    PORT: '0',
    MEDIA_DIR: mediaFolder,
    ...settings,
  });
  const sequelize = connect(env);
  const owner = connect({ ...env, DATABASE_URL: env.MIGRATION_DATABASE_URL });
  const state = { draining: false };
  const book = new LogBook();
  // A test that reads the log says its level, and finds it on stdout.
  const log = createLogger(env, settings.LOG_LEVEL === undefined ? book : process.stdout);
  const app = buildApp({ env, sequelize, logger: log, state });
  const server = await listen(app, env, log);
  const connections = new Agent({ keepAlive: true });
  const query = async <Row>(sql: string, values: readonly unknown[] = []) => {
    const [rows] = await owner.query(sql, { bind: [...values] });
    return rows as Row[];
  };
  const contract = documentedContract();
  return {
    app,
    server,
    env,
    log,
    sequelize,
    owner,
    state,
    call: async (method, path, call = {}) => {
      const response = await send(server, connections, method, path, call);
      if (!call.isUndocumented) contract.check(method, path, response);
      return response;
    },
    isDocumented: (method, path) => contract.has(method, path),
    query,
    close: async () => {
      connections.destroy();
      server.closeAllConnections();
      server.close();
      await requireCleanAudit({ query });
      await Promise.all([sequelize.close(), owner.close()]);
      await Promise.all([database.drop(), rm(mediaFolder, { recursive: true, force: true })]);
      book.requireClean();
    },
  };
}

/* Kept for the files that the worker runs next: to read the document and compile its schemas takes longer than a start of a shop. */
function documentedContract(): Contract {
  globalThis.contract ??= new Contract(JSON.parse(readFileSync(process.env.TEST_OPENAPI_FILE ?? '', 'utf8')) as OpenApi);
  return globalThis.contract;
}

/* Where a shop shares the database of another: by the owner's login, and past any proxy. */
function ownerUrlBeside(url: string | undefined): string | undefined {
  return url === undefined ? undefined : urlOf(new URL(url).pathname.slice(1));
}

async function send(
  server: Server,
  connections: Agent,
  method: Method,
  path: string,
  { token, body, headers = {} }: Call,
): Promise<Response> {
  const call = request(server)[method](path).agent(connections);
  if (path.startsWith('/v1/events/stream')) call.buffer(true).parse(firstPart);
  for (const [name, value] of Object.entries(headers)) call.set(name, value);
  if (token !== undefined) call.set('Authorization', `Bearer ${token}`);
  return body === undefined ? call : call.set('Content-Type', headers['Content-Type'] ?? 'application/json').send(body as object);
}

/* A stream of events goes on for ever: its first part is its body, and the client leaves. Any other response is a problem. */
function firstPart(given: Response, done: (error: Error | null, body: unknown) => void): void {
  const response = given as unknown as IncomingMessage;
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => {
    parts.push(part);
    if (response.headers['content-type'] !== 'text/event-stream') return;
    given.text = part.toString();
    done(null, given.text);
    response.destroy();
  });
  response.on('end', () => done(null, JSON.parse(Buffer.concat(parts).toString() || 'null')));
}
