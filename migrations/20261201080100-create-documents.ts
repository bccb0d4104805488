import { appendOnly, migration } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * What the shop wrote to its customers, as it was written: a document never changes. Each is mailed once.
 */
export = migration(
  `
  CREATE TABLE document_numbers (
    id uuid NOT NULL CONSTRAINT document_numbers_pk PRIMARY KEY,
    kind text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL CONSTRAINT document_numbers_last_check CHECK (last > 0),
    CONSTRAINT document_numbers_kind_year_key UNIQUE (kind, year)
  );
  CREATE TABLE documents (
    id uuid NOT NULL CONSTRAINT documents_pk PRIMARY KEY,
    kind text NOT NULL CONSTRAINT documents_kind_check CHECK (kind IN ('confirmation', 'invoice', 'credit_note')),
    number text NOT NULL CONSTRAINT documents_number_key UNIQUE CONSTRAINT documents_number_check CHECK (length(number) <= 32),
    year integer NULL,
    sequence integer NULL,
    order_id uuid NOT NULL CONSTRAINT documents_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    refund_id uuid NULL CONSTRAINT documents_refund_id_fk REFERENCES refunds (id) ON DELETE RESTRICT,
    content jsonb NOT NULL CONSTRAINT documents_content_check CHECK (jsonb_typeof(content) = 'object'),
    issued_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT documents_kind_year_sequence_key UNIQUE (kind, year, sequence),
    CONSTRAINT documents_sequence_check CHECK ((kind = 'confirmation') = (sequence IS NULL) AND (sequence IS NULL) = (year IS NULL)),
    CONSTRAINT documents_refund_id_check CHECK ((kind = 'credit_note') = (refund_id IS NOT NULL))
  );
  CREATE UNIQUE INDEX documents_order_id_kind_key ON documents (order_id, kind) WHERE refund_id IS NULL;
  CREATE UNIQUE INDEX documents_refund_id_key ON documents (refund_id) WHERE refund_id IS NOT NULL;
  CREATE INDEX documents_order_id_idx ON documents (order_id, issued_at, id);
  CREATE INDEX documents_issued_at_idx ON documents (issued_at, id);
  CREATE INDEX documents_kind_idx ON documents (kind, issued_at, id);
  CREATE TABLE document_mails (
    id uuid NOT NULL CONSTRAINT document_mails_pk PRIMARY KEY,
    document_id uuid NOT NULL CONSTRAINT document_mails_document_id_key UNIQUE CONSTRAINT document_mails_document_id_fk REFERENCES documents (id) ON DELETE RESTRICT,
    sent_at timestamptz(3) NULL,
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  );
  ${createFunctions(['number_document'])}
  CREATE TRIGGER documents_number BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION number_document();
  CREATE TRIGGER document_numbers_guard BEFORE INSERT OR UPDATE OR DELETE ON document_numbers FOR EACH STATEMENT
    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION guard_document_numbers();
  ${appendOnly('documents')}
  -- A foreign key check locks referring rows with FOR KEY SHARE as the table's owner: that takes the right to update one column.
  GRANT UPDATE (id) ON documents TO CURRENT_USER;
  `,
  `
  DROP TABLE document_mails;
  DROP TABLE documents;
  DROP TABLE document_numbers;
  ${dropFunctions(['number_document'])}
  `,
);
