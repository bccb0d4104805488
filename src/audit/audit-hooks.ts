import type { Model, ModelStatic, Transaction } from 'sequelize';
import { isUnitOfWork } from '../database/transaction/unit-of-work';

interface Options {
  readonly transaction?: Transaction | null;
}

/**
 * Adds hooks that refuse a write on these models outside a unit of work, where the audit log would name the database role instead of the
 * actor. Triggers record the rows.
 */
export function addAuditHooks(models: readonly ModelStatic<Model>[]): void {
  for (const model of models) {
    const check = (options: Options | undefined) => requireUnitOfWork(model.name, options);
    model.addHook('beforeSave', (_instance, options) => check(options as Options));
    model.addHook('beforeDestroy', (_instance, options) => check(options as Options));
    model.addHook('beforeRestore', (_instance, options) => check(options as Options));
    model.addHook('beforeUpsert', (_values, options) => check(options as Options));
    model.addHook('beforeBulkCreate', (_instances, options) => check(options as Options));
    model.addHook('beforeBulkUpdate', (options: unknown) => check(options as Options));
    model.addHook('beforeBulkDestroy', (options: unknown) => check(options as Options));
    model.addHook('beforeBulkRestore', (options: unknown) => check(options as Options));
    guardIncrements(model, check);
  }
}

/* Sequelize fires no hook for increment and decrement: https://sequelize.org/docs/v6/other-topics/hooks/ */
function guardIncrements(model: ModelStatic<Model>, check: (options: Options | undefined) => void): void {
  type Increment = (this: unknown, fields: unknown, options?: Options) => Promise<unknown>;
  const counters = model as unknown as { increment: Increment; decrement: Increment };
  for (const name of ['increment', 'decrement'] as const) {
    const original = counters[name];
    counters[name] = async function guarded(fields, options) {
      check(options);
      return original.call(this, fields, options);
    };
  }
}

function requireUnitOfWork(name: string, options: Options | undefined): void {
  if (isUnitOfWork(options?.transaction)) return;
  throw new Error(`${name} is audited: write it inside unitOfWork(ctx, ...) and pass { transaction: tx.transaction }.`);
}
