import { v7 } from 'uuid';
import type { Statement } from '../../database/sql/statement';

/** The key of all addresses together from which an account has not signed in before. */
export const UNKNOWN = '';

/* Attempts before the first wait. Those of a known address or session are its owner's, who may also sign in several times at once. */
const FREE_ATTEMPTS = `CASE s.source_key WHEN '${UNKNOWN}' THEN 5 ELSE 10 END`;
/* The longest wait, in seconds. */
const MAX_WAIT_S = 900;
/* Failures are forgotten a day after the last wait, and rows removed a day after the last attempt, or when an address is no longer known. */
const IS_STALE = "free_at < clock_timestamp() - interval '1 day'";
const MAX_KNOWN = 20;

const ATTEMPT = `CASE WHEN s.${IS_STALE} THEN 1 ELSE s.failures + 1 END`;
const KEPT = "forget_at = greatest(clock_timestamp() + interval '1 day', s.known_until)";
const WAIT_S = `CASE WHEN ${ATTEMPT} < ${FREE_ATTEMPTS} THEN 0 ELSE least(2 ^ least(${ATTEMPT} - ${FREE_ATTEMPTS}, 20), ${MAX_WAIT_S}) END`;

/** What a reservation found: the source that it counted for, the attempts there, or (null) the seconds to wait. */
export interface Reservation {
  readonly source: string;
  readonly attempts: number | null;
  readonly wait_s: number;
  /** The end of the wait that the attempt began, exactly; null where nothing was counted. */
  readonly until: string | null;
}

/*
 * source     the source itself where it is known, or `isOwn`; else the one of all unknown addresses.
 * reserved   counts the attempt and sets the next wait, unless one is running. One statement: of fifty at once each sees those before it.
 */
const RESERVE = `
  WITH source AS (
    SELECT CASE WHEN $4::boolean OR EXISTS (
      SELECT FROM login_sources WHERE account_key = $2::text AND source_key = $3::text AND known_until > clock_timestamp()
    ) THEN $3::text ELSE '${UNKNOWN}' END AS key
  ),
  reserved AS (
    INSERT INTO login_sources AS s (id, account_key, source_key, failures)
    SELECT $1::uuid, $2::text, key, 1 FROM source
    ON CONFLICT (account_key, source_key) DO UPDATE
    SET failures = ${ATTEMPT}, free_at = clock_timestamp() + make_interval(secs => ${WAIT_S}), ${KEPT}
    WHERE s.free_at <= clock_timestamp()
    RETURNING s.failures, s.free_at
  )
  SELECT key AS source, (SELECT failures FROM reserved) AS attempts,
    (SELECT free_at::text FROM reserved) AS until, coalesce((
    SELECT greatest(1, ceil(extract(epoch FROM free_at - clock_timestamp())))::int FROM login_sources WHERE account_key = $2::text AND source_key = key
  ), 1) AS wait_s FROM source`;

/** Returns the statement that counts an attempt, or tells how long to wait; `isOwn` for a source that nobody else uses, such as a session. */
export function reserve(account: string, source: string, isOwn: boolean): Statement {
  return { text: RESERVE, values: [v7(), account, source, isOwn] };
}

/*
 * The first time it takes a place in the queue of an unknown address; the place is worth one attempt after the longest wait, whatever
 * others do, and another wait begins.
 */
const QUEUE = `
  INSERT INTO login_sources AS s (id, account_key, source_key, free_at)
  VALUES ($1::uuid, $2::text, $3::text, clock_timestamp() + make_interval(secs => ${MAX_WAIT_S}))
  ON CONFLICT (account_key, source_key) DO UPDATE
  SET failures = s.failures + 1, free_at = excluded.free_at, ${KEPT} WHERE s.free_at <= clock_timestamp()
  RETURNING s.source_key AS source, nullif(s.failures, 0) AS attempts, s.free_at::text AS until, ${MAX_WAIT_S} AS wait_s`;

/** Returns the statement of an unknown address that has to wait: its turn has come where it returns a row with attempts. */
export function queue(account: string, source: string): Statement {
  return { text: QUEUE, values: [v7(), account, source] };
}

/*
 * shared   gives the attempt back that was counted for all unknown addresses; the failures of others stay.
 * mine     the address is known now, for 90 days; the newest 20 of an account are kept.
 */
const SETTLE = `
  WITH shared AS (
    UPDATE login_sources SET failures = greatest(failures - 1, 0)
    WHERE account_key = $2::text AND source_key = '${UNKNOWN}' AND $4::text = '${UNKNOWN}'
  ),
  mine AS (
    INSERT INTO login_sources AS s (id, account_key, source_key, known_until, forget_at)
    SELECT $1::uuid, $2::text, $3::text, until, until FROM (SELECT clock_timestamp() + interval '90 days' AS until) known
    ON CONFLICT (account_key, source_key) DO UPDATE
    SET failures = 0, free_at = clock_timestamp(), known_until = excluded.known_until, forget_at = excluded.forget_at
  )
  DELETE FROM login_sources WHERE id IN (
    SELECT id FROM login_sources WHERE account_key = $2::text AND source_key <> $3::text AND known_until IS NOT NULL
    ORDER BY known_until DESC OFFSET ${MAX_KNOWN - 1}
  )`;

/** Returns the statement of a successful sign-in: the address is known from now on, and its failures are forgotten. */
export function settle(account: string, address: string, source: string): Statement {
  return { text: SETTLE, values: [v7(), account, address, source] };
}

/* The wait that the attempt began ends, unless a later attempt has begun another. */
const GIVE_BACK = `
  UPDATE login_sources SET failures = greatest(failures - 1, 0),
    free_at = CASE free_at WHEN $3::text::timestamptz THEN clock_timestamp() ELSE free_at END
  WHERE account_key = $1::text AND source_key = $2::text`;

/** Returns the statement that gives an attempt back whose password was not compared. */
export function giveBack(account: string, source: string, until: string): Statement {
  return { text: GIVE_BACK, values: [account, source, until] };
}

/** Returns the statement that removes some rows that no longer count; an attempt adds two at most, so they never pile up. */
export function cleanUp(): Statement {
  // now(), which is stable, walks the index; clock_timestamp() would be compared with every row.
  const forgotten = 'SELECT id FROM login_sources WHERE forget_at < now() ORDER BY forget_at LIMIT 20 FOR UPDATE SKIP LOCKED';
  return { text: `DELETE FROM login_sources WHERE id IN (${forgotten})`, values: [] };
}
