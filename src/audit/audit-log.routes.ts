import { apiRouter } from '../http/routing/api-router';
import { resourceEndpoints } from '../resource/resource-endpoints';
import { auditLogs } from './audit-log.resource';
import { auditLogService } from './audit-log.service';

export const auditLogRouter = apiRouter({
  prefix: auditLogs.prefix,
  tag: auditLogs.tag,
  description: auditLogs.description,
  endpoints: resourceEndpoints(auditLogService),
});
