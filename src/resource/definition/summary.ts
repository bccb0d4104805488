import type { Access } from '../../context/permission';
import type { Schema } from '../../schema/schema';

/** What rows of other tables come to for one object, such as its sales: a member that `include` adds. */
export interface Summary {
  readonly schema: () => Schema;
  /** Who may read it, of those who may read the object. */
  readonly access: Access;
  /** Returns the SQL of its JSON for the row of a table alias; its cost must not grow with the rows behind it. */
  value(alias: string): string;
}
