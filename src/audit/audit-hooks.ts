import type { Model, ModelStatic, Transaction } from 'sequelize';
import { isUnitOfWork } from '../database/transaction/unit-of-work';

interface Options {
  readonly transaction?: Transaction | null;
}

/**
 * Refuses a write on an audited model outside a unit of work: without one no actor would reach the database, and the audit log
 * would blame the database role. The rows themselves are recorded by triggers, whatever path they take.
 */
export function guardAudited(models: readonly ModelStatic<Model>[]): void {
  for (const model of models) {
    const requireIt = (options: Options | undefined) => requireUnitOfWork(model.name, options);
    model.addHook('beforeSave', (_instance, options) => requireIt(options as Options));
    model.addHook('beforeDestroy', (_instance, options) => requireIt(options as Options));
    model.addHook('beforeRestore', (_instance, options) => requireIt(options as Options));
    model.addHook('beforeUpsert', (_values, options) => requireIt(options as Options));
    model.addHook('beforeBulkCreate', (_instances, options) => requireIt(options as Options));
    model.addHook('beforeBulkUpdate', (options: unknown) => requireIt(options as Options));
    model.addHook('beforeBulkDestroy', (options: unknown) => requireIt(options as Options));
    model.addHook('beforeBulkRestore', (options: unknown) => requireIt(options as Options));
    guardIncrements(model, requireIt);
  }
}

/* No hook fires for these: https://sequelize.org/docs/v6/other-topics/hooks/ */
function guardIncrements(model: ModelStatic<Model>, requireIt: (options: Options | undefined) => void): void {
  type Increment = (this: unknown, fields: unknown, options?: Options) => Promise<unknown>;
  const counters = model as unknown as { increment: Increment; decrement: Increment };
  for (const name of ['increment', 'decrement'] as const) {
    const plain = counters[name];
    counters[name] = async function guarded(fields, options) {
      requireIt(options);
      return plain.call(this, fields, options);
    };
  }
}

function requireUnitOfWork(name: string, options: Options | undefined): void {
  if (isUnitOfWork(options?.transaction)) return;
  throw new Error(`${name} is audited: write it inside unitOfWork(ctx, …), and hand on { transaction: tx.transaction }.`);
}
