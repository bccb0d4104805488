import type { Sequelize } from 'sequelize';
import type { Ctx } from './context';

/** The context of what the shop does by itself, on no request; the audit log names it so. */
export function systemContext(sequelize: Sequelize, name: string, reason: string): Ctx {
  return { actor: { kind: 'system', name }, requestId: '', ip: '', userAgent: '', reason, sequelize } as Ctx;
}
