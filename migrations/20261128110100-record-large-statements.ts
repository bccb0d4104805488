import { migration } from './support/migration';
import { createFunctions, formerFunction } from './support/sql-functions';

/* A statement that wrote ten thousand rows, such as the move of a large part of the category tree, ran into the statement timeout. */
export = migration(
  createFunctions(['record_large_statements']),
  `${formerFunction('guard_category_tree', 'guard_category_tree')}
  ${formerFunction('record_changes', 'record_changes')}`,
);
