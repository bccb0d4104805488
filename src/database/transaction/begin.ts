import { escapeLiteral } from 'pg';
import type { Sequelize, Transaction, TransactionOptions } from 'sequelize';

/** Session variables of one transaction, for the triggers of the audit log and the ledgers. */
export type SessionVariables = Readonly<Record<`app.${string}`, string>>;

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/** How a unit of work begins. */
export interface Opening {
  readonly variables: SessionVariables;
  readonly isolation: Isolation;
  /** A query that is sent with BEGIN, and must wait for nothing; `rowsOfOpening` returns its rows. */
  readonly query?: string | undefined;
}

/** The options of a Sequelize transaction with the opening of a unit of work; Sequelize passes unknown options through. */
export type OpeningOptions = TransactionOptions & { readonly opening: Opening };

interface StartedTransaction {
  readonly parent?: unknown;
  readonly options: Partial<OpeningOptions>;
}

interface QueryGenerator {
  startTransactionQuery(transaction: StartedTransaction): string;
}

interface QueryInterface {
  readonly queryGenerator: QueryGenerator;
  /** Resolves to the rows of all statements. */
  startTransaction(transaction: StartedTransaction, options: object): Promise<readonly object[]>;
}

const openingRows = new WeakMap<object, readonly object[]>();

/** Returns the rows of the query that was sent with BEGIN. */
export function rowsOfOpening(transaction: Transaction): readonly object[] {
  return openingRows.get(transaction) ?? [];
}

/**
 * Makes BEGIN carry the isolation level and the session variables in the same message, which saves two round trips per write.
 * `SET LOCAL` rather than `set_config()`, which does not reach the workers of a distributed schema.
 */
export function sendVariablesWithBegin(sequelize: Sequelize): void {
  const queryInterface = sequelize.getQueryInterface() as unknown as QueryInterface;
  const { queryGenerator: generator } = queryInterface;
  const plain = generator.startTransactionQuery.bind(generator);
  generator.startTransactionQuery = (transaction) => {
    const { opening } = transaction.options;
    return opening && !transaction.parent ? openingStatements(opening) : plain(transaction);
  };
  const start = queryInterface.startTransaction.bind(queryInterface);
  queryInterface.startTransaction = async (transaction, options) => {
    const rows = await start(transaction, options);
    openingRows.set(transaction, rows);
    return rows;
  };
}

/** Returns BEGIN with the isolation level, the session variables and the query, as one message. */
function openingStatements({ isolation, variables, query = '' }: Opening): string {
  return `BEGIN ISOLATION LEVEL ${isolation};${variableStatements(variables)}${query}`;
}

/** Returns `SET LOCAL` statements; the driver escapes each value. */
export function variableStatements(variables: SessionVariables): string {
  return Object.entries(variables)
    .map(([name, value]) => `SET LOCAL ${name} = ${escapeLiteral(value)};`)
    .join('');
}
