import { randomUUID } from 'node:crypto';
import { type Journal, LOST, NOT_CONNECTED, outcomeOf } from './journal';

type Json = Record<string, unknown>;

/** The answer to a call; null where the connection was lost. */
export type Answer = { readonly status: number; readonly body: Json } | null;

/** One request of the load. */
export interface Request {
  readonly kind: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly token: string;
  readonly body?: Json;
  /** The member of the body that holds the mark, and that the answer repeats. */
  readonly markedMember?: string;
}

const PATIENCE_MS = 60_000;

/** Sends a write under a mark of its own and notes how it was answered. */
export async function write(url: string, journal: Journal, request: Request): Promise<Answer> {
  const mark = `fault-${randomUUID()}`;
  const body = request.markedMember ? { ...request.body, [request.markedMember]: mark } : request.body;
  const startedAt = performance.now();
  const sent = await send(url, request, mark, body);
  const answer = typeof sent === 'string' ? null : sent.answer;
  const code = answer && answer.status >= 400 ? String(answer.body.code) : null;
  journal.entries.push({
    mark,
    kind: request.kind,
    outcome: outcomeOf(answer?.status ?? null, typeof sent === 'string' ? sent : code),
    answer: typeof sent === 'string' ? sent : [sent.answer.status, code].filter(Boolean).join(' '),
    milliseconds: performance.now() - startedAt,
    mixUp: typeof sent === 'string' ? null : mixUpOf(sent, mark, request.markedMember),
  });
  // A client that nobody listens to comes back a little later.
  if (sent === NOT_CONNECTED) await new Promise((resolve) => setTimeout(resolve, 100));
  return answer;
}

interface Sent {
  readonly answer: NonNullable<Answer>;
  readonly requestId: string | null;
}

/* A refused or broken connection is what this load is for: the journal has it. */
async function send(
  url: string,
  { method, path, token }: Request,
  mark: string,
  body: Json | undefined,
): Promise<Sent | typeof NOT_CONNECTED | typeof LOST> {
  try {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-reason': mark, 'x-request-id': mark },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = { status: response.status, body: (await response.json()) as Json };
    return { answer, requestId: response.headers.get('x-request-id') };
  } catch (error) {
    return codeOf(error instanceof Error ? error.cause : error) === 'ECONNREFUSED' ? NOT_CONNECTED : LOST;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function mixUpOf({ answer, requestId }: Sent, mark: string, member: string | undefined): string | null {
  if (requestId !== mark) return `request id ${requestId}`;
  if (member && answer.status < 300 && answer.body[member] !== mark) return `${member} ${String(answer.body[member])}`;
  return null;
}
