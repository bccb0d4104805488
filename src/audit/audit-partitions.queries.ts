import type { Client } from 'pg';

/* Each start makes the missing partitions up to this many months ahead. */
const MONTHS_AHEAD = 3;

/** Makes the missing partitions of the audit log for the coming months; the owner's connection alone may. */
export async function makeAuditPartitions(owner: Client): Promise<void> {
  await owner.query('SELECT make_audit_partitions($1)', [MONTHS_AHEAD]);
}
