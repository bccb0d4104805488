import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* Moving ten thousand categories spent an eighth of its time on checking their unchanged names and on reading whose change it is. */
export = migration(
  `${createFunctions(['check_names', 'read_unit_once'])}
  DROP FUNCTION tidied;`,
  `${formerFunction('is_name', 'tidied')}
  ${formerFunction('plain_name', 'is_name')}
  ${formerFunction('leave_code_uses_out', 'many_changes_statement')}`,
);
