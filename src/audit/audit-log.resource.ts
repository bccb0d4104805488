import { holds } from '../context/permission';
import { AUDIT_ACTIONS } from '../database/audit-actions';
import { column, equals } from '../database/sql/binder';
import { field } from '../resource/definition/field';
import { defineResource, type Expression, type VirtualFilter } from '../resource/definition/resource';
import { AuditLog } from './audit-log.model';

/* Users are filtered by actorId. An index over all actors would slow down every write of the log, so it covers the others only. */
const otherActor: VirtualFilter = {
  field: field.text({
    min: 1,
    max: 200,
    format: { pattern: /^(anonymous$|system:|db:)/, rule: 'be anonymous, system:<name> or db:<role>' },
    description: 'An actor other than a user: anonymous, system:<name> or db:<role>.',
  }),
  condition: (actor) => equals('actor', actor, 'text'),
};

const PERSONAL =
  'Personal values are shown to holders of audit-logs:reveal, until they are erased; to others as sha256:, a digest. Secret ones are never shown.';

/* The log has digests; audit_personal has the values. */
function revealed(side: 'old' | 'new'): Expression {
  return (ctx, alias) => {
    const values = column(alias, `${side}_values`);
    if (!holds(ctx.actor, 'audit-logs:reveal')) return values;
    const entry = `p.audit_log_occurred_at = ${column(alias, 'occurred_at')} AND p.audit_log_id = ${column(alias, 'id')}`;
    const kept = `SELECT p.${side}_values FROM audit_personal p WHERE ${entry}`;
    return `${values} || coalesce((${kept}), '{}')`;
  };
}

/** The audit log: every change, with its actor, time and reason. */
export const auditLogs = defineResource({
  name: 'audit-logs',
  one: 'audit-log',
  prefix: '/v1/audit-logs',
  tag: 'Audit log',
  description: 'Every change, with its actor, time and reason. Append-only.',
  model: () => AuditLog,
  fields: {
    id: field.id(),
    tableName: field.text({
      max: 63,
      format: { pattern: /^[a-z_]+$/, rule: 'be the name of a table, in small letters and underscores' },
      filter: 'exact',
      description: 'The table of the changed row.',
      example: 'products',
    }),
    recordId: field.uuid({ filter: true, description: 'The id of the changed row.' }),
    action: field.oneOf(AUDIT_ACTIONS, {
      filter: true,
      description: 'The kind of change; DELETE is a soft delete.',
    }),
    oldValues: field.json({ maxBytes: 1_000_000, nullable: true, description: `The changed columns before the change. ${PERSONAL}` }),
    newValues: field.json({ maxBytes: 1_000_000, nullable: true, description: `The changed columns after the change. ${PERSONAL}` }),
    actorId: field.uuid({ nullable: true, filter: true, description: 'The user who made the change; null for other actors.' }),
    actor: field.text({
      max: 200,
      description: 'Who made the change: user:<id>, anonymous, system:<name> or, outside the API, db:<role>.',
      example: 'system:startup',
    }),
    requestId: field.text({ max: 128, nullable: true, filter: 'exact', description: 'The id of the request.' }),
    ip: field.text({ max: 64, nullable: true, description: 'The IP address of the client.' }),
    userAgent: field.text({ max: 500, nullable: true, description: 'The User-Agent header of the request.' }),
    reason: field.text({ max: 500, nullable: true, description: 'The X-Reason header of the request.' }),
    occurredAt: field.timestamp({ filter: true, sort: true, description: 'When the change was made.' }),
  },
  expressions: { oldValues: revealed('old'), newValues: revealed('new') },
  filters: { actor: otherActor },
  defaultSort: '-occurredAt',
  verbs: ['list', 'read'],
});
