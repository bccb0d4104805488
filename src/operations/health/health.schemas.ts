import { decimalNumber, flag, integer, list, object, oneOf, optional, text } from '../../schema/schema';

const status = oneOf('ok');
const count = integer(0, 1_000_000);
const migration = text(1, 200).example('20261127000100-create-functions.ts');

/** Returns the schema of a probe that passes. */
export const probeSchema = () =>
  object({
    status,
    isOverloaded: flag().description('Whether requests are refused at present, because there are more than can be served.'),
  });

/** Returns the schema of the state of the process and its database; everybody gets the status, holders of health:read the rest. */
export const healthSchema = () =>
  object({
    status,
    version: optional(text(1, 50).description('The version of Storekeeper.').example('0.1.0')),
    uptimeSeconds: optional(integer(0, Number.MAX_SAFE_INTEGER)),
    database: optional(
      object({
        version: text(1, 100).description('The version of PostgreSQL.').example('18.4'),
        latencyMs: decimalNumber(0, 1_000_000).example(0.42),
        isWritable: flag(),
        isDiskFull: flag(),
      }),
    ),
    pool: optional(object({ max: count, size: count, available: count, waiting: count })),
    migrations: optional(
      object({
        isUpToDate: flag(),
        applied: count,
        pending: list(migration, 0, 10_000).description('Those of this version that the database lacks.').example([]),
        unknown: list(migration, 0, 10_000).description('Those of the database that this version does not know.').example([]),
      }),
    ),
    storage: optional(object({ isReachable: flag().description('Whether uploaded files can be read and written.') })),
    jobs: optional(
      object({
        waiting: count.description('Those that were not run yet.'),
        active: count,
        failed: count.description('Those that failed, and will be run again.'),
        dead: count.description('Those that failed for the last time; they are kept for 30 days.'),
        oldestSeconds: integer(0, Number.MAX_SAFE_INTEGER).description('How long the oldest job that is due has waited.').example(0),
      }),
    ),
  });
