import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { defineTimedQueue } from '../../jobs';

const SCHEDULED = `status = 'published' AND NOT is_public AND deleted_at IS NULL`;

const { queue, sendSoon } = defineTimedQueue({
  name: 'publish-posts',
  reason: 'Posts become public at the time that they are scheduled for.',
  table: 'posts',
  column: 'published_at',
  condition: SCHEDULED,
  settle: publishDue,
});

/** Marks the posts whose time has come as public, which is the event `posts.published`. Readers see them at the second, without it. */
export const publishPosts = queue;

/** Sends the jobs of those of these posts that are to become public before the job of the next minute looks ahead. */
export async function soonPublished(tx: TxContext, ids: readonly string[]): Promise<void> {
  const text = `SELECT DISTINCT published_at AS at FROM posts WHERE id = ANY ((SELECT $1::uuid[])::uuid[]) AND ${SCHEDULED}`;
  const scheduled = await queryAll<{ at: Date }>(tx, { text, values: [ids] });
  await sendSoon(
    tx,
    scheduled.map(({ at }) => at),
  );
}

/* Posts that somebody holds are left to the next run; a trigger sets the column. */
async function publishDue(tx: TxContext, most: number): Promise<number> {
  const text = `UPDATE posts SET is_public = true WHERE id IN (
    SELECT id FROM posts WHERE id IN (
      SELECT id FROM posts WHERE ${SCHEDULED} AND published_at <= clock_timestamp() ORDER BY published_at LIMIT ${most}
    ) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
  ) RETURNING id`;
  return (await queryAll(tx, { text, values: [] })).length;
}
