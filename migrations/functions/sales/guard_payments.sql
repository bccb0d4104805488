-- What a provider said of money that has arrived stays: its reference, its amount and, once it names one, its order. The status moves as
-- src/sales/payments/payment.states.ts says; what was only said of a payment, before its money arrived, may become true otherwise.
CREATE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.provider, NEW.provider_reference) IS DISTINCT FROM (OLD.provider, OLD.provider_reference)
    OR OLD.received_at IS NOT NULL AND (NEW.amount, NEW.currency, NEW.received_at) IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.received_at)
    OR OLD.received_at IS NOT NULL AND OLD.order_id IS NOT NULL AND NEW.order_id IS DISTINCT FROM OLD.order_id
    OR NEW.refunded_amount < OLD.refunded_amount AND OLD.received_at IS NOT NULL THEN
    RAISE EXCEPTION 'what is known of payment % never changes', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_fixed_check', TABLE = 'payments';
  END IF;
  IF NEW.status = OLD.status
    OR OLD.status = 'refunded' AND OLD.received_at IS NULL AND NEW.status <> 'failed'
    OR (OLD.status, NEW.status) IN (
      ('failed', 'received'), ('failed', 'held'), ('failed', 'refund_due'), ('failed', 'refunded'),
      ('held', 'received'), ('held', 'refunded'), ('refund_due', 'received'), ('refund_due', 'refunded'), ('received', 'refunded')
    ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a payment cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_status_transition_check', TABLE = 'payments';
END
$$;
