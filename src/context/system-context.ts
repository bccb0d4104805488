import type { Ctx } from './context';

/** What work without a request needs: settings, log and database. */
export type SystemResources = Pick<Ctx, 'env' | 'log' | 'sequelize'>;

/** Returns the context of what the shop does by itself; the audit log records `system:<name>` and the reason. */
export function systemContext({ env, log, sequelize }: SystemResources, name: string, reason: string): Ctx {
  return { actor: { kind: 'system', name }, requestId: '', ip: '', userAgent: '', reason, env, log, sequelize, dryRun: false };
}
