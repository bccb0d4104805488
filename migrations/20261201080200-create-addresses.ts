import { attachTriggers, detachTriggers, editorIndexes, migration, stampColumns } from './support/migration';
import { createFunctions, dropFunctions } from './support/sql-functions';

/*
 * The address books of customers. The permission to read others' is in the hands of managers; a new shop's manager gets it from the reference data, under
 * the same id.
 */
export = migration(
  `
  ${createFunctions(['replace_default_address'])}
  CREATE TABLE addresses (
    id uuid NOT NULL CONSTRAINT addresses_pk PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT addresses_user_id_fk REFERENCES users (id) ON DELETE CASCADE,
    label text NULL CONSTRAINT addresses_label_check CHECK (length(label) BETWEEN 1 AND 100 AND is_name(label)),
    address jsonb NOT NULL CONSTRAINT addresses_address_check CHECK (jsonb_typeof(address) = 'object'),
    is_default_shipping boolean NOT NULL DEFAULT false,
    is_default_billing boolean NOT NULL DEFAULT false,
    ${stampColumns('addresses')},
    deleted_at timestamptz(3) NULL
  );
  CREATE INDEX addresses_user_id_idx ON addresses (user_id, created_at, id);
  CREATE UNIQUE INDEX addresses_is_default_shipping_key ON addresses (user_id) WHERE deleted_at IS NULL AND is_default_shipping;
  CREATE UNIQUE INDEX addresses_is_default_billing_key ON addresses (user_id) WHERE deleted_at IS NULL AND is_default_billing;
  CREATE INDEX addresses_created_at_idx ON addresses (created_at, id) WHERE deleted_at IS NULL;
  CREATE INDEX addresses_updated_at_idx ON addresses (updated_at, id) WHERE deleted_at IS NULL;
  ${editorIndexes('addresses')}
  CREATE TRIGGER addresses_defaults BEFORE INSERT OR UPDATE ON addresses FOR EACH ROW
    WHEN (NEW.deleted_at IS NULL AND (NEW.is_default_shipping OR NEW.is_default_billing)) EXECUTE FUNCTION replace_default_address();
  ${attachTriggers('addresses', { personal: ['label', 'address'] })}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '01941f29-7c00-7002-8000-9557e83e5fce', id, 'addresses', '*' FROM roles WHERE id = '01941f29-7c00-7001-8000-6ee4a469cd4e'
  ON CONFLICT DO NOTHING;
  `,
  `
  DELETE FROM permissions WHERE resource = 'addresses';
  ${detachTriggers('addresses')}
  DROP TABLE addresses;
  ${dropFunctions(['replace_default_address'])}
  `,
);
