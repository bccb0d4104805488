/** What the triggers record of a row; DELETE is a soft delete. */
export const AUDIT_ACTIONS = ['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'PURGE'] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
