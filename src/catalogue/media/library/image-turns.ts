import { availableParallelism } from 'node:os';
import { threadPoolSize } from '../../../../config/env';
import { Turns } from '../../../database/pool/waits/turns';

/* Password hashes may take half of libuv's threads (accounts/passwords/hash-turns.ts), images a quarter: files and compression need the rest. */
const MOST_IMAGES = Math.max(1, Math.min(availableParallelism(), Math.floor(threadPoolSize() / 4)));
/* A page that shows as many new images at once. */
const MOST_WAITING = 200;

/** How long an image may be in work, in seconds. */
export const IMAGE_TIMEOUT_S = 10;

/** The turns of images that are decoded. */
export const imageTurns = new Turns(MOST_IMAGES, MOST_WAITING);
