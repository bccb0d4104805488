import { QueryTypes, type Sequelize } from 'sequelize';

/* Each start makes the missing partitions up to this many months ahead. */
const MONTHS_AHEAD = 3;

/** Makes the missing partitions of the audit log for the coming months. */
export async function makeAuditPartitions(sequelize: Sequelize): Promise<void> {
  await sequelize.query(`SELECT make_audit_partitions(${MONTHS_AHEAD})`, { type: QueryTypes.SELECT, raw: true });
}
