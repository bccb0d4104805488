import { ResourceService } from '../resource/resource.service';
import { auditLogs } from './audit-log.resource';

/** Reads the audit log; triggers write it. */
export const auditLogService = new ResourceService(auditLogs);
