import type { Ctx } from '../../context/context';
import { type EventTypesOf, previewMember } from '../../dry-run/preview';
import { rehearse } from '../../dry-run/rehearse';
import { JsonText, type Reply } from '../output/reply';

/**
 * Runs an endpoint's work without leaving a trace, and returns the reply that it would have had, with a `preview` in the body; without a
 * body of its own, the reply is a 200 with the preview alone.
 */
export async function runDry(ctx: Ctx, eventTypesOf: EventTypesOf, work: (dry: Ctx) => Promise<Reply>): Promise<Reply> {
  const { result: reply, changes } = await rehearse(ctx, work);
  const headers = { ...reply.headers, 'Preference-Applied': 'dry-run' };
  const member = previewMember(changes, eventTypesOf);
  if (reply.body === undefined) return { status: 200, headers, body: new JsonText('{', member, '}') };
  return { status: reply.status, headers, body: withMember(reply.body, member) };
}

function withMember(body: unknown, member: string): JsonText {
  const text = body instanceof JsonText ? body.text : JSON.stringify(body);
  if (!text.endsWith('}')) throw new Error('The reply of a write must be a JSON object: a dry run adds its preview to it.');
  return new JsonText(text.slice(0, -1), text === '{}' ? '' : ',', member, '}');
}
