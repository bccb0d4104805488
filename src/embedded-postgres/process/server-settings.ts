import { totalmem } from 'node:os';

const MIB = 2 ** 20;
const MIN_CACHE_MIB = 128;
const MAX_CACHE_MIB = 2_048;

/** Settings of PostgreSQL by name. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

/** Returns PostgreSQL's arguments: it listens on loopback only, and fits a small machine that also runs the API and its tests. */
export function serverArguments(port: number, others: PostgresSettings): string[] {
  const settings: PostgresSettings = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket in a shared folder would be a second entrance, and its path may have about a hundred bytes only.
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The details of an error, and its statement, contain customers' values.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    max_connections: 100,
    ...cacheSettings(),
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    random_page_cost: 1.1,
    jit: 'off',
    // Worker processes for I/O cost more memory than they are worth here.
    io_method: 'sync',
    max_parallel_workers_per_gather: 1,
    ...others,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Returns the cache settings for a memory size in bytes: an eighth of it, from 128 MB to 2 GB, which is half of what PostgreSQL advises
 * for a machine of its own (https://www.postgresql.org/docs/current/runtime-config-resource.html). Pages beyond it are copied from the
 * system's cache at each read, which slows deep pages of a large catalogue (docs/performance.md).
 */
export function cacheSettings(memory = memoryBytes()): PostgresSettings {
  const cacheMib = Math.min(Math.max(Math.floor(memory / MIB / 8), MIN_CACHE_MIB), MAX_CACHE_MIB);
  return { shared_buffers: `${cacheMib}MB`, effective_cache_size: `${cacheMib * 4}MB` };
}

/* A container may have less memory than its machine. */
function memoryBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
