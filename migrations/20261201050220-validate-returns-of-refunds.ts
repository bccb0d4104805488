import { migration } from './support/migration';

/* Apart from adding it, so that refunds can be read and written meanwhile. */
export = migration(
  'ALTER TABLE refunds VALIDATE CONSTRAINT refunds_return_id_fk;',
  `
  ALTER TABLE refunds DROP CONSTRAINT refunds_return_id_fk;
  ALTER TABLE refunds ADD CONSTRAINT refunds_return_id_fk FOREIGN KEY (return_id) REFERENCES returns (id) ON DELETE RESTRICT NOT VALID;
  `,
);
