import type { Client } from 'pg';

/**
 * Lets the feed continue after the last position of a database that was restored from another cluster; returns whether it was. The owner's
 * connection alone may.
 */
export async function continueFeed(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ isRestored: boolean }>('SELECT continue_feed() AS "isRestored"');
  return rows[0]?.isRestored === true;
}
