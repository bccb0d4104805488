import type { TxContext } from '../../context/context';
import { type Settings, settingStatements } from './begin';

/** Sets transaction-local settings within a unit of work, for the triggers of what is written next. */
export async function applySettings(tx: TxContext, settings: Settings): Promise<void> {
  await tx.sequelize.query(settingStatements(settings), { transaction: tx.transaction, raw: true });
}
