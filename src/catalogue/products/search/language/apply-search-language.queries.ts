import type { Client } from 'pg';
import type { SearchLanguage } from '../../../../../config/search-languages';
import { dictionariesOf } from './dictionaries';

const BATCH = 1_000;
const REPORT_MS = 5_000;
/* Of the processes that do this at a time, each takes a batch in turn. */
const LOCK = 7_004;

/**
 * Gives product search a language, and makes the search vectors of all products again, 1,000 in a transaction, while the shop sells. The
 * comment on the configuration keeps the language and the position, so that whoever comes after a killed process goes on from there. Does
 * nothing where the shop has the language already. Until it is done, a word with an ending may miss products that are not made again yet.
 */
export async function applySearchLanguage(owner: Client, language: SearchLanguage, log: (line: string) => void): Promise<void> {
  let done = 0;
  let reportedAt = Date.now();
  for (;;) {
    const { rows, isDone } = await inTransaction(owner, () => nextBatch(owner, language));
    done += rows;
    if (isDone && done > 0) log(`Product search is in ${language}: ${done} products were indexed again.`);
    if (isDone) return;
    if (Date.now() - reportedAt < REPORT_MS) continue;
    reportedAt = Date.now();
    log(`Product search in ${language}: ${done} products indexed again so far`);
  }
}

async function nextBatch(owner: Client, language: SearchLanguage): Promise<{ rows: number; isDone: boolean }> {
  const { current, after } = await positionOf(owner);
  if (current === language && after === null) return { rows: 0, isDone: true };
  const isStart = current !== language;
  if (isStart) for (const statement of dictionariesOf(language)) await owner.query(statement);
  // No trigger counts this as a change: versions stay, and the audit log has nothing to say.
  const { rows } = await owner.query<{ rows: number; last: string | null }>(
    `WITH next AS (SELECT id FROM products WHERE $1::uuid IS NULL OR id > $1::uuid ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE),
       made AS (UPDATE products p SET search_vector = DEFAULT FROM next WHERE p.id = next.id RETURNING p.id)
     SELECT count(*)::int AS rows, (SELECT id FROM next ORDER BY id DESC LIMIT 1) AS last FROM made`,
    [isStart ? null : after],
  );
  const [{ rows: made = 0, last = null } = {}] = rows;
  const isDone = made < BATCH;
  await owner.query(`COMMENT ON TEXT SEARCH CONFIGURATION product_search IS '${isDone ? language : `${language} after ${last}`}'`);
  return { rows: made, isDone };
}

/* The comment is `german`, or `german after <id>` where the products above are still to be made again. */
async function positionOf(owner: Client): Promise<{ current: string; after: string | null }> {
  await owner.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  const { rows } = await owner.query<{ comment: string }>(`SELECT obj_description('product_search'::regconfig, 'pg_ts_config') AS comment`);
  const [current = '', after = null] = (rows[0]?.comment ?? '').split(' after ');
  return { current, after };
}

async function inTransaction<T>(owner: Client, work: () => Promise<T>): Promise<T> {
  await owner.query(`BEGIN; SET LOCAL lock_timeout = '30s'; SET LOCAL statement_timeout = '60s'`);
  try {
    const result = await work();
    await owner.query('COMMIT');
    return result;
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}
