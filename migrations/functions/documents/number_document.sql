-- Gives an invoice or credit note the next number of its kind and year, and the time at which it has it: under a lock that is held until the
-- commit, so that numbers have no gaps and are in the order of their times, whoever inserts. A rolled back transaction takes none.
CREATE FUNCTION number_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  prefix text := CASE NEW.kind WHEN 'invoice' THEN 'INV' WHEN 'credit_note' THEN 'CRN' END;
BEGIN
  IF prefix IS NULL THEN
    RETURN NEW;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('numbers of documents ' || NEW.kind, 0));
  NEW.issued_at := clock_timestamp();
  NEW.year := extract(year FROM NEW.issued_at AT TIME ZONE 'UTC');
  INSERT INTO document_numbers AS n (id, kind, year, last) VALUES (uuid_v7(), NEW.kind, NEW.year, 1)
  ON CONFLICT (kind, year) DO UPDATE SET last = n.last + 1 RETURNING last INTO NEW.sequence;
  NEW.number := format('%s-%s-%s', prefix, NEW.year, lpad(NEW.sequence::text, greatest(6, length(NEW.sequence::text)), '0'));
  RETURN NEW;
END
$$;

-- Documents alone move their numbers, by their trigger.
CREATE FUNCTION guard_document_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'documents alone take their numbers'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'document_numbers_last_check', TABLE = 'document_numbers';
END
$$;
