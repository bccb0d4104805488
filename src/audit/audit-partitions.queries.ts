import { QueryTypes, type Sequelize } from 'sequelize';

/** The audit log's partitions are made so many months ahead; a later start makes the next ones. */
const MONTHS_AHEAD = 3;

/** Makes the partitions of the audit log for the coming months, where they are missing. */
export async function makeAuditPartitions(sequelize: Sequelize): Promise<void> {
  await sequelize.query(`SELECT make_audit_partitions(${MONTHS_AHEAD})`, { type: QueryTypes.SELECT, raw: true });
}
