import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Cut, ProtocolProxy } from '../../support/protocol-proxy';
import type { Ground } from '../load';
import { type MakeWrite, type Prepare, WRITES, type Write } from './writes';

/** What takes part in a trial. */
export interface Stage {
  readonly ground: Ground;
  /** The URL of the process that something happens to, with one connection, through the proxy. */
  readonly victim: string;
  /** The URL of a process that nothing happens to. */
  readonly witness: string;
  readonly proxy: ProtocolProxy;
  /** The URL of the database for its superuser. */
  readonly database: string;
}

/** What became of a write. */
export interface Result {
  /** The first answer: a status and a code, or `lost`. */
  readonly first: string;
  /** How often it took effect. */
  readonly effects: number;
  /** Whether each repeated request, and a first one that succeeded, had the same bytes. */
  readonly isSame: boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly code: string;
}

const MAX_REPEATS = 600;
let trials = 0;

/** Sends a write with a fault at a message, and again until it is answered; null where there is no such message. */
export async function trial(stage: Stage, kind: string, cut: Cut): Promise<Result | null> {
  trials += 1;
  const mark = `t${process.pid}-${trials}`;
  const headers = { 'idempotency-key': randomUUID(), 'x-reason': mark };
  const prepare: Prepare = async (path, token, body) => {
    const { status, text } = await post(stage.witness, { path, token, body }, { 'x-reason': `before ${mark}` });
    if (status >= 300) throw new Error(`POST ${path} → ${status}\n${text}`);
    return JSON.parse(text) as { id: string };
  };
  const write = await (WRITES[kind] as MakeWrite)(stage.ground, mark, prepare);
  await warmUp(stage.victim, write);
  stage.proxy.cutAt(cut);
  const first = await post(stage.victim, write, headers).catch(() => null);
  const happened = stage.proxy.pass();
  const settled = await settle(stage.witness, write, headers);
  const again = await settle(stage.witness, write, headers);
  const effects = await effectsOf(stage.database, mark);
  const isSame =
    settled.status < 300 && again.text === settled.text && (first === null || first.status >= 300 || first.text === settled.text);
  if (!happened) {
    if (effects !== 1 || !isSame) throw new Error(`${kind} without a fault: ${effects} effects, ${settled.status} ${settled.text}`);
    return null;
  }
  return { first: first === null ? 'lost' : `${first.status} ${first.code}`.trim(), effects, isSame };
}

/* Opens the connection, and lets the process know the actor. */
async function warmUp(url: string, { token }: Write): Promise<void> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  for (let attempt = 0; attempt < MAX_REPEATS; attempt += 1) {
    const response = await fetch(`${url}/v1/tags?limit=1`, { headers }).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await pause();
  }
  throw new Error('The process did not recover.');
}

/* What the client of a shop would do: the same request with the same key, until it is answered. */
async function settle(url: string, write: Write, headers: Readonly<Record<string, string>>): Promise<Answer> {
  for (let attempt = 0; attempt < MAX_REPEATS; attempt += 1) {
    const answer = await post(url, write, headers).catch(() => null);
    if (answer && answer.status < 500 && answer.code !== 'request_in_progress') return answer;
    await pause();
  }
  throw new Error(`${write.path} was not answered.`);
}

async function post(url: string, { path, token, body }: Write, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json', ...authorization, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return { status: response.status, text, code: response.status < 300 ? '' : String((JSON.parse(text) as { code?: string }).code) };
}

async function effectsOf(database: string, mark: string): Promise<number> {
  const sql = 'SELECT count(DISTINCT change_set_id)::int AS effects FROM audit_logs WHERE reason = $1';
  const [row] = await ask<{ effects: number }>(database, sql, [mark]);
  return row?.effects ?? 0;
}

/** Returns the rows of a query of the superuser, on a connection of its own, once the database takes one. */
export async function ask<Row extends object>(database: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ connectionString: database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql, [...values])).rows;
    } catch (error) {
      if (attempt === MAX_REPEATS) throw error;
      await pause();
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
