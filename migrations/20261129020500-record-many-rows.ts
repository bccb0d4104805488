import { migration } from './support/migration';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

/* Moving ten thousand categories took a second, half of it for the audit log and a tenth for checking their unchanged names. */
export = migration(
  createFunctions(['record_many_rows', 'plain_name']),
  `${formerFunction('is_name', 'is_name')}
  ${formerFunction('record_large_statements', 'record_changes')}
  ${dropFunctions(['record_many_rows'])}`,
);
