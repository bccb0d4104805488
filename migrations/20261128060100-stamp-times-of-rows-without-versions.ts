import { migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

const TABLES = ['permissions', 'user_roles', 'refresh_tokens', 'login_sources', 'product_tags', 'order_items'];

/* The process no longer sets times, because its clock may be wrong; tables with a version have a stamp that does. */
export = migration(
  `
  ${createFunctions(['stamp_time'])}
  ${TABLES.map((table) => `CREATE TRIGGER ${table}_stamp_time BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION stamp_time();`).join('\n  ')}
  `,
  `
  ${TABLES.map((table) => `DROP TRIGGER ${table}_stamp_time ON ${table};`).join('\n  ')}
  ${dropFunctions(['stamp_time'])}
  `,
);
