interface OwnedLedger {
  readonly name: string;
  readonly owners: string;
  readonly column: string;
}

/** The ledgers, and whose they are. */
export const OWNED_LEDGERS: readonly OwnedLedger[] = [
  { name: 'stock_movements', owners: 'products', column: 'product_id' },
  { name: 'balance_entries', owners: 'users', column: 'user_id' },
];

/** Returns the SQL that makes the foreign key to the owner again; rows that are there are not checked. */
export function ownerKey({ name, owners, column }: OwnedLedger, onDelete: 'CASCADE' | 'RESTRICT'): string {
  return `ALTER TABLE ${name} DROP CONSTRAINT ${name}_${column}_fk;
  ALTER TABLE ${name} ADD CONSTRAINT ${name}_${column}_fk FOREIGN KEY (${column}) REFERENCES ${owners} (id) ON DELETE ${onDelete} NOT VALID;`;
}

/** Returns the SQL that checks the rows that are there. */
export function validateOwnerKey({ name, column }: OwnedLedger): string {
  return `ALTER TABLE ${name} VALIDATE CONSTRAINT ${name}_${column}_fk;`;
}
