import { equals } from '../database/sql/binder';
import { field } from '../resource/definition/field';
import { defineResource, type VirtualFilter } from '../resource/definition/resource';
import { AuditLog } from './audit-log.model';

/* Users are found by actorId: an index of all actors would cost every write of the log; this one knows the others only. */
const whoIsNoUser: VirtualFilter = {
  field: field.text({
    min: 1,
    max: 200,
    pattern: /^(anonymous$|system:|db:)/,
    description: 'Who did it, where it was no user: anonymous, system:<what> or db:<role>.',
  }),
  condition: (actor) => equals('actor', actor, 'text'),
};

/** The audit log: every change, who made it, when and why. */
export const auditLogs = defineResource({
  name: 'audit-logs',
  one: 'audit-log',
  prefix: '/v1/audit-logs',
  tag: 'Audit log',
  description: 'Every change, who made it, when and why. It is only ever added to.',
  model: () => AuditLog,
  fields: {
    id: field.id(),
    tableName: field.text({ max: 63, pattern: /^[a-z_]+$/, filter: 'exact', description: 'The table.', example: 'products' }),
    recordId: field.uuid({ filter: true, description: 'The row.' }),
    action: field.oneOf(['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'PURGE'], {
      filter: true,
      description: 'What was done; DELETE is soft.',
    }),
    oldValues: field.json({ maxBytes: 1_000_000, nullable: true, description: 'The changed columns, before.' }),
    newValues: field.json({ maxBytes: 1_000_000, nullable: true, description: 'The changed columns, after.' }),
    actorId: field.uuid({ nullable: true, filter: true, description: 'The user who did it.' }),
    actor: field.text({
      max: 200,
      description: 'Who did it: user:<id>, anonymous, system:<what> or, past the API, db:<role>.',
      example: 'system:startup',
    }),
    requestId: field.text({ max: 128, nullable: true, filter: 'exact', description: 'The request.' }),
    ip: field.text({ max: 64, nullable: true, description: 'Where it came from.' }),
    userAgent: field.text({ max: 500, nullable: true, description: 'The client.' }),
    reason: field.text({ max: 500, nullable: true, description: 'The X-Reason of the request.' }),
    occurredAt: field.timestamp({ filter: true, sort: true, description: 'When.' }),
  },
  filters: { actor: whoIsNoUser },
  defaultSort: '-occurredAt',
  verbs: ['list', 'read'],
});
