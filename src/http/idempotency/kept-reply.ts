import type { StoredReply } from '../../idempotency/stored-reply';
import type { Problem } from '../../problems/problem';
import { PROBLEM_CONTENT_TYPE, problemText } from '../errors/problem-of';
import { JSON_CONTENT_TYPE } from '../output/content-types';
import { JsonText, type Reply } from '../output/reply';

/** Returns a reply as it is kept: the bytes that are sent. */
export function keptReply({ status, headers = {}, body }: Reply): StoredReply {
  if (body === undefined) return { status, headers, body: null };
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  return { status, headers: { 'Content-Type': JSON_CONTENT_TYPE, ...headers }, body: Buffer.from(text) };
}

/** Returns a refusal as it is kept. */
export function keptRefusal(problem: Problem, url: string, requestId: string): StoredReply {
  const headers = { ...problem.headers, 'Content-Type': PROBLEM_CONTENT_TYPE };
  return { status: problem.type.status, headers, body: Buffer.from(problemText(problem, url, requestId)) };
}

/** Returns a kept reply, to be sent again. */
export function replayed({ status, headers, body }: StoredReply): Reply {
  return { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, ...(body && { body }) };
}
