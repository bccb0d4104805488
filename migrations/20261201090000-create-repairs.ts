import { attachTriggers, detachTriggers, migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/* What was mended of the books, by whom and why. Adding a row mends, by a trigger, because the counters are left to triggers. */
export = migration(
  `
  ${createFunctions(['repair_invariant'])}
  CREATE TABLE repairs (
    id uuid NOT NULL CONSTRAINT repairs_pk PRIMARY KEY,
    invariant text NOT NULL CONSTRAINT repairs_invariant_check CHECK (invariant ~ '^[a-z-]{1,64}$'),
    reason text NOT NULL CONSTRAINT repairs_reason_check CHECK (length(reason) BETWEEN 1 AND 500),
    rows_mended integer NOT NULL DEFAULT 0 CONSTRAINT repairs_rows_mended_check CHECK (rows_mended >= 0),
    created_by uuid NULL CONSTRAINT repairs_created_by_fk REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX repairs_created_by_idx ON repairs (created_by);
  CREATE TRIGGER repairs_mend BEFORE INSERT ON repairs FOR EACH ROW EXECUTE FUNCTION repair_invariant();
  ${attachTriggers('repairs')}
  `,
  `
  ${detachTriggers('repairs')}
  DROP TABLE repairs;
  ${dropFunctions(['repair_invariant'])}
  `,
);
