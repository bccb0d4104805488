import { availableParallelism } from 'node:os';
import { threadPoolSize } from '../../../config/env';
import { Turns } from '../../database/pool/waits/turns';

/** The hashes that run at once: one for each core, and on half of the threads, because compression and files need some, too. */
export const MOST_HASHES = Math.max(1, Math.min(availableParallelism(), Math.floor(threadPoolSize() / 2)));
/** The hashes that wait at once: those behind them would hardly have their turn in time. */
export const MOST_WAITING = 250 * MOST_HASHES;

/** The turns of password hashes. */
export const hashTurns = new Turns(MOST_HASHES, MOST_WAITING);
