import type { TxContext } from '../../context/context';
import { type SessionVariables, variableStatements } from './begin';

/** Sets session variables for the rest of a unit of work, where the triggers of later writes read them. */
export async function setSessionVariables(tx: TxContext, variables: SessionVariables): Promise<void> {
  await tx.sequelize.query(variableStatements(variables), { transaction: tx.transaction, raw: true });
}
