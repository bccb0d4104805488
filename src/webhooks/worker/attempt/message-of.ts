import type { Ctx } from '../../../context/context';
import { queryOne } from '../../../database/sql/statement';
import type { Change, DomainEvent } from '../../../events/definition/domain-event';
import type { EventCatalogue } from '../../../events/definition/event-catalogue';
import { exactValues } from '../../../events/feed/exact-values';
import { TEST_TYPE } from '../../deliveries/send-test';
import type { Claimed } from '../claim.statement';

/**
 * Returns the event of a delivery as JSON, or null where it is gone. It is made from the audit log at each attempt: nothing is stored
 * twice, and what an erasure has removed is sent no more.
 */
export async function messageOf(ctx: Ctx, catalogue: EventCatalogue, delivery: Claimed): Promise<string | null> {
  if (delivery.eventType === TEST_TYPE) return JSON.stringify(testEvent(delivery));
  const change = await queryOne<Change & Record<string, unknown>>(ctx, { text: CHANGE, values: [delivery.eventId.slice(0, UUID_LENGTH)] });
  const event = change && catalogue.eventsOf(change).find(({ id }) => id === delivery.eventId);
  return event ? JSON.stringify(event) : null;
}

const UUID_LENGTH = 36;

const CHANGE = `
  SELECT id, table_name AS "tableName", record_id AS "recordId", action, ${exactValues('old_values')} AS "oldValues",
    ${exactValues('new_values')} AS "newValues", actor, change_set_id AS "changeSetId", to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "occurredAt"
  FROM audit_logs WHERE id = $1::uuid`;

function testEvent({ id, eventId, webhookId }: Claimed): DomainEvent {
  const object = { type: 'webhooks', id: webhookId, version: null };
  return {
    id: eventId,
    type: TEST_TYPE,
    occurredAt: new Date().toISOString(),
    actor: 'system:webhooks',
    changeSetId: id,
    object,
    changes: {},
  };
}
