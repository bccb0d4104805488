import { concurrentIndex } from './support/concurrent-index';

/* Who wrote past the API (db:…, system:…, anonymous) is rare and looked for; users are found by actor_id, and would double every write of the log. */
export = concurrentIndex({ name: 'audit_logs_actor_idx', on: "audit_logs (actor, occurred_at, id) WHERE actor < 'user'" });
