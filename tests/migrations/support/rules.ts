import type { SentMigration } from './sent';

const CONCURRENT_BUILD =
  /^SET lock_timeout = '[1-9]\d*s';SET statement_timeout = 0;DROP INDEX CONCURRENTLY IF EXISTS (\w+);CREATE (?:UNIQUE )?INDEX CONCURRENTLY \1 ON [^;]+$/;
const CONCURRENT_DROP = /^SET lock_timeout = '[1-9]\d*s';SET statement_timeout = 0;DROP INDEX CONCURRENTLY IF EXISTS \w+$/;
const PARTITIONED_BUILD =
  /^SET lock_timeout = '[1-9]\d*s';SET statement_timeout = 0;[^;]*DROP INDEX IF EXISTS (\w+)(;SELECT [^;]+(;DROP INDEX CONCURRENTLY IF EXISTS (\w+);CREATE INDEX CONCURRENTLY \4 ON [^;]+)*;[^;]*CREATE INDEX \1 ON [^;]+)?$/;

/** Returns the breaches of the rules in the statements that a migration sent. */
export function faultsOf(sent: SentMigration): string[] {
  return [...timeoutFaults(sent), ...transactionFaults(sent), ...indexFaults(sent)].map((fault) => `${sent.name} (${sent.way}) ${fault}`);
}

function timeoutFaults({ statements }: SentMigration): string[] {
  const [first = ''] = statements.filter((statement) => !/^START TRANSACTION;?$/.test(statement));
  return /^SET (LOCAL )?lock_timeout = '[1-9]\d*s'/.test(first) ? [] : ['does not begin with a lock_timeout'];
}

function transactionFaults(sent: SentMigration): string[] {
  return isConcurrent(sent) || isTransaction(sent) ? [] : ['is neither one transaction nor one index built CONCURRENTLY, alone'];
}

function indexFaults(sent: SentMigration): string[] {
  if (isConcurrent(sent)) return [];
  return sent.newIndexes
    .filter(({ onOldTable }) => onOldTable)
    .map(({ index }) => `makes the index ${index} on a table in use; only concurrentIndex() and partitionedIndex() may`);
}

function isTransaction({ statements }: SentMigration): boolean {
  const ends = [statements[0], statements.at(-1)].join();
  return ends === 'START TRANSACTION;,COMMIT;' && !statements.slice(1, -1).some((statement) => /\b(COMMIT|ROLLBACK)\b/.test(statement));
}

function isConcurrent({ statements }: SentMigration): boolean {
  const sent = statements.join(';');
  return [CONCURRENT_BUILD, CONCURRENT_DROP, PARTITIONED_BUILD].some((form) => form.test(sent));
}
