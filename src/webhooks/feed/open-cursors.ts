import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { LATEST } from '../../events/feed/feed-cursor';
import { readFeed } from '../../events/feed/read-feed';

/** Lets new webhooks begin at the end of the feed: they get every event that is committed after them. */
export async function openCursors(tx: TxContext, catalogue: EventCatalogue, webhookIds: readonly string[]): Promise<void> {
  const { cursor } = await readFeed(tx, catalogue, { after: LATEST, limit: 1 });
  await queryAll(tx, {
    text: 'INSERT INTO webhook_cursors (id, cursor) SELECT id, $2::text FROM unnest($1::uuid[]) AS id ON CONFLICT (id) DO NOTHING',
    values: [webhookIds, cursor],
  });
}

/**
 * Locks the cursors of locked webhooks. Whoever makes deliveries holds the cursor and then refers to the webhook, which a purge that has
 * begun to delete it does not let them do, while it waits for the cursor.
 */
export async function lockCursors(tx: TxContext, webhookIds: readonly string[]): Promise<void> {
  await queryAll(tx, {
    text: 'SELECT id FROM webhook_cursors WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    values: [webhookIds],
  });
}

/** Lets resumed webhooks go on: what they have not delivered is due now, with all its attempts before it. */
export async function resumeDeliveries(tx: TxContext, webhookIds: readonly string[]): Promise<void> {
  await queryAll(tx, { text: 'UPDATE webhook_cursors SET failing_since = NULL WHERE id = ANY ($1::uuid[])', values: [webhookIds] });
  await queryAll(tx, {
    text: `UPDATE webhook_deliveries SET due_at = clock_timestamp(), retry_count = 0
      WHERE webhook_id = ANY ($1::uuid[]) AND status = 'pending' AND claim_id IS NULL`,
    values: [webhookIds],
  });
}
