import { concurrentIndex } from './support/concurrent-index';

/* The rare actions are the ones looked for; the log is written with every change, so the common ones, which a walk by time finds, are left out. */
export = concurrentIndex({
  name: 'audit_logs_action_idx',
  on: "audit_logs (action, occurred_at, id) WHERE action IN ('DELETE', 'RESTORE', 'PURGE')",
});
