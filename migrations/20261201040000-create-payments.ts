import { amountColumn, dropFitting, fitAmounts } from './support/amounts/amount-column';
import { appendOnly, attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * What a provider told of payments, each under the provider's reference, and its messages, each of which has one effect. An order is paid by
 * one of them at most. New shops get the permissions from the reference data, under the same ids.
 */
export = migration(
  `
  ${createFunctions(['guard_payments'])}
  CREATE TABLE payments (
    id uuid NOT NULL CONSTRAINT payments_pk PRIMARY KEY,
    order_id uuid NULL CONSTRAINT payments_order_id_fk REFERENCES orders (id) ON DELETE RESTRICT,
    provider text NOT NULL CONSTRAINT payments_provider_check CHECK (provider ~ '^[a-z0-9-]{1,64}$'),
    provider_reference text NOT NULL CONSTRAINT payments_provider_reference_check CHECK (length(provider_reference) BETWEEN 1 AND 255),
    ${amountColumn({ table: 'payments', column: 'amount', range: 'amount > 0' })},
    currency text NOT NULL CONSTRAINT payments_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    status text NOT NULL CONSTRAINT payments_status_check CHECK (status IN ('received', 'held', 'refund_due', 'refunded', 'failed')),
    reason text NULL CONSTRAINT payments_reason_check CHECK (reason IN ('order_unknown', 'order_cancelled', 'order_paid', 'amount_differs', 'currency_differs')),
    ${amountColumn({ table: 'payments', column: 'refunded_amount', range: 'refunded_amount BETWEEN 0 AND amount', fallback: '0.00' })},
    received_at timestamptz(3) NULL CONSTRAINT payments_received_at_check CHECK (isfinite(received_at)),
    resolved_at timestamptz(3) NULL CONSTRAINT payments_resolved_at_check CHECK (isfinite(resolved_at)),
    note text NULL CONSTRAINT payments_note_check CHECK (length(note) <= 1000),
    ${stampColumns('payments')},
    CONSTRAINT payments_provider_reference_provider_key UNIQUE (provider_reference, provider),
    CONSTRAINT payments_arrived_check CHECK (received_at IS NOT NULL OR status IN ('failed', 'refunded')),
    CONSTRAINT payments_paid_order_check CHECK (status <> 'received' OR order_id IS NOT NULL),
    CONSTRAINT payments_explained_check CHECK (reason IS NOT NULL OR status NOT IN ('held', 'refund_due'))
  );
  CREATE UNIQUE INDEX payments_received_order_id_key ON payments (order_id) WHERE status = 'received';
  CREATE INDEX payments_order_id_idx ON payments (order_id, created_at, id) WHERE order_id IS NOT NULL;
  CREATE INDEX payments_status_idx ON payments (status, created_at, id);
  CREATE INDEX payments_amount_idx ON payments (amount, id);
  CREATE INDEX payments_received_at_idx ON payments (received_at, id);
  CREATE INDEX payments_created_at_idx ON payments (created_at, id);
  CREATE INDEX payments_updated_at_idx ON payments (updated_at, id);
  ${editorIndexes('payments')}
  ${fitAmounts('payments', ['amount', 'refunded_amount'])}
  CREATE TRIGGER payments_guard BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION guard_payment();
  CREATE TRIGGER payments_kept BEFORE DELETE OR TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('payments');
  ${attachTriggers('payments')}

  CREATE TABLE payment_events (
    id uuid NOT NULL CONSTRAINT payment_events_pk PRIMARY KEY,
    payment_id uuid NOT NULL CONSTRAINT payment_events_payment_id_fk REFERENCES payments (id) ON DELETE RESTRICT,
    provider text NOT NULL CONSTRAINT payment_events_provider_check CHECK (provider ~ '^[a-z0-9-]{1,64}$'),
    event_id text NOT NULL CONSTRAINT payment_events_event_id_check CHECK (event_id ~ '^[!-~]{1,255}$'),
    type text NOT NULL CONSTRAINT payment_events_type_check CHECK (type IN ('succeeded', 'failed', 'refunded')),
    ${amountColumn({ table: 'payment_events', column: 'amount', range: 'amount > 0' })},
    currency text NOT NULL CONSTRAINT payment_events_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT payment_events_event_id_provider_key UNIQUE (event_id, provider)
  );
  CREATE INDEX payment_events_payment_id_idx ON payment_events (payment_id, created_at, id);
  ${fitAmounts('payment_events', ['amount'])}
  ${appendOnly('payment_events')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-78e0309e72ca', id, 'payments', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-cd2b1182fdba', id, 'payments', 'read' FROM roles WHERE id = '01941f29-7c00-7001-8000-a18603086e5b'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'payments';
  ${dropFitting('payment_events')}
  DROP TABLE payment_events;
  ${dropFitting('payments')}
  DROP TABLE payments;
  ${dropFunctions(['guard_payments'])}
  `,
);
