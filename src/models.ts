import type { Sequelize } from 'sequelize';
import { associateAccounts, auditedAccounts, registerAccounts } from './accounts';
import { addAuditHooks } from './audit/audit-hooks';
import { registerAuditLog } from './audit/audit-log.model';
import { registerAuditPersonal } from './audit/audit-personal.model';
import { associateCatalogue, auditedCatalogue, registerCatalogue } from './catalogue';
import { associateContent, auditedContent, registerContent } from './content';
import { refuseEmptyWhere } from './database/base-model';
import { registerEventReader } from './events/queues/event-reader.model';
import { registerIdempotencyKey } from './idempotency/idempotency-key.model';
import { Repair, registerRepair } from './operations';
import { registerFormerSlug } from './resource/read/former-slugs/former-slug.model';
import { registerImports } from './resource/transfer/imports/records/register-imports';
import { associateSales, auditedSales, registerSales } from './sales';
import { auditedWebhooks, registerWebhooks } from './webhooks/models';

/** Registers every model and its associations on the connection, and the hooks of the audited ones. */
export function registerModels(sequelize: Sequelize): void {
  registerAccounts(sequelize);
  registerCatalogue(sequelize);
  registerContent(sequelize);
  registerSales(sequelize);
  registerWebhooks(sequelize);
  registerImports(sequelize);
  registerEventReader(sequelize);
  registerRepair(sequelize);
  registerFormerSlug(sequelize);
  registerAuditLog(sequelize);
  registerAuditPersonal(sequelize);
  registerIdempotencyKey(sequelize);
  associateAccounts();
  associateCatalogue();
  associateContent();
  associateSales();
  refuseEmptyWhere(Object.values(sequelize.models));
  addAuditHooks([...auditedAccounts, ...auditedCatalogue, ...auditedContent, ...auditedSales, ...auditedWebhooks, Repair]);
}
