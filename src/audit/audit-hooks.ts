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
    const demand = (options: Options | undefined) => demandUnitOfWork(model.name, options);
    model.addHook('beforeSave', (_instance, options) => demand(options as Options));
    model.addHook('beforeDestroy', (_instance, options) => demand(options as Options));
    model.addHook('beforeRestore', (_instance, options) => demand(options as Options));
    model.addHook('beforeUpsert', (_values, options) => demand(options as Options));
    model.addHook('beforeBulkCreate', (_instances, options) => demand(options as Options));
    model.addHook('beforeBulkUpdate', (options: unknown) => demand(options as Options));
    model.addHook('beforeBulkDestroy', (options: unknown) => demand(options as Options));
    model.addHook('beforeBulkRestore', (options: unknown) => demand(options as Options));
    guardIncrements(model, demand);
  }
}

/* No hook fires for these: https://sequelize.org/docs/v6/other-topics/hooks/ */
function guardIncrements(model: ModelStatic<Model>, demand: (options: Options | undefined) => void): void {
  type Increment = (this: unknown, fields: unknown, options?: Options) => Promise<unknown>;
  const counters = model as unknown as { increment: Increment; decrement: Increment };
  for (const name of ['increment', 'decrement'] as const) {
    const plain = counters[name];
    counters[name] = async function guarded(fields, options) {
      demand(options);
      return plain.call(this, fields, options);
    };
  }
}

function demandUnitOfWork(name: string, options: Options | undefined): void {
  if (isUnitOfWork(options?.transaction)) return;
  throw new Error(`${name} is audited: write it inside unitOfWork(ctx, …), and hand on { transaction: tx.transaction }.`);
}
