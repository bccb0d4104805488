import type { Routes } from '../http/endpoint';
import { resourceEndpoints } from '../resource/resource-endpoints';
import { field } from '../resource/definition/field';
import { defineResource, type VirtualFilter } from '../resource/definition/resource';
import { equals } from '../database/sql/binder';
import { AuditLog } from './audit-log.model';

/* Users are found by actorId: an index of all actors would cost every write of the log; this one knows the others only. */
const whoIsNoUser: VirtualFilter = {
  field: field.text({
    min: 1,
    max: 200,
    pattern: /^(anonymous$|system:|db:)/,
    about: 'Who did it, where it was no user: anonymous, system:<what> or db:<role>.',
  }),
  condition: (actor) => equals('actor', actor, 'text'),
};

/** The audit log: every change, who made it, when and why. */
export const auditLogs = defineResource({
  name: 'audit-logs',
  one: 'audit-log',
  prefix: '/v1/audit-logs',
  tag: 'Audit log',
  about: 'Every change, who made it, when and why. It is only ever added to.',
  model: () => AuditLog,
  fields: {
    id: field.id(),
    tableName: field.text({ max: 63, pattern: /^[a-z_]+$/, filter: 'exact', about: 'The table.', example: 'products' }),
    recordId: field.uuid({ filter: true, about: 'The row.' }),
    action: field.oneOf(['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'PURGE'], { filter: true, about: 'What was done; DELETE is soft.' }),
    oldValues: field.json({ maxBytes: 1_000_000, nullable: true, about: 'The changed columns, before.' }),
    newValues: field.json({ maxBytes: 1_000_000, nullable: true, about: 'The changed columns, after.' }),
    actorId: field.uuid({ nullable: true, filter: true, about: 'The user who did it.' }),
    actor: field.text({
      max: 200,
      about: 'Who did it: user:<id>, anonymous, system:<what> or, past the API, db:<role>.',
      example: 'system:startup',
    }),
    requestId: field.text({ max: 128, nullable: true, filter: 'exact', about: 'The request.' }),
    ip: field.text({ max: 64, nullable: true, about: 'Where it came from.' }),
    userAgent: field.text({ max: 500, nullable: true, about: 'The client.' }),
    reason: field.text({ max: 500, nullable: true, about: 'The X-Reason of the request.' }),
    occurredAt: field.timestamp({ filter: true, sort: true, about: 'When.' }),
  },
  filters: { actor: whoIsNoUser },
  defaultSort: '-occurredAt',
  verbs: ['list', 'read'],
});

export const auditRoutes: Routes = {
  prefix: auditLogs.prefix,
  tag: auditLogs.tag,
  about: auditLogs.about,
  endpoints: resourceEndpoints(auditLogs),
};
