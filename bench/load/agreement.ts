import { deepStrictEqual } from 'node:assert';
import type { Contender } from '../contenders/contender';
import type { LoadRequest } from './load';

/**
 * Throws unless two contenders answer with the same members and values: otherwise the work would differ. The notation of numbers and
 * times may differ; new orders have ids, numbers and times of their own.
 */
export async function requireAgreement(reference: Contender, asked: LoadRequest, other: Contender, same: LoadRequest): Promise<void> {
  const [expected, given] = await Promise.all([answerOf(reference, asked), answerOf(other, same)]);
  if (asked.method === 'POST') {
    deepStrictEqual((given as { items: unknown[] }).items.length, (expected as { items: unknown[] }).items.length);
    return;
  }
  deepStrictEqual(comparable(given), comparable(expected), `${other.letter} answers ${same.path} otherwise than ${reference.letter}`);
}

async function answerOf({ url }: Contender, { method, path, headers, body }: LoadRequest): Promise<object> {
  const response = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  if (!response.ok) throw new Error(`${url}${path} → ${response.status} ${await response.text()}`);
  const answer = (await response.json()) as { data?: object };
  return answer.data ?? answer;
}

const TIME = /^\d{4}-\d\d-\d\dT/;

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string' && TIME.test(value)) return Date.parse(value);
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, comparable(member)]),
  );
}
