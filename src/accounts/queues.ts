import type { Queue } from '../jobs';
import { expiredSessions } from './sessions/tokens/expired-sessions.queue';

/** The queues of accounts. */
export const accountsQueues: readonly Queue[] = [expiredSessions];
