import { backOff } from 'exponential-backoff';
import { storageError } from './storage-error';

/* A request may hold a transaction open meanwhile (catalogue/media/upload/keep-medium.ts), so all attempts together stay short. */
const ASK_MS = 2_000;
const TRANSFER_MS = 15_000;
const MAX_ATTEMPTS = 3;
const FIRST_DELAY_MS = 100;
/* What the client did wrong stays wrong. A 408, a 429 and every 5xx may pass. */
const PASSING = [408, 429];

type Call<T> = (signal: AbortSignal) => Promise<T>;

/** The calls of an S3 server: each attempt has a time-out, and what may pass is tried three times. */
export class S3Calls {
  constructor(
    private readonly timeouts: { readonly askMs: number; readonly transferMs: number } = { askMs: ASK_MS, transferMs: TRANSFER_MS },
  ) {}

  /** Makes a call that carries no file; throws `storage_unavailable` (503). */
  ask<T>(call: Call<T>): Promise<T> {
    return this.#attempt(call, this.timeouts.askMs);
  }

  /** Makes a call that carries a file; throws `storage_unavailable` (503). */
  transfer<T>(call: Call<T>): Promise<T> {
    return this.#attempt(call, this.timeouts.transferMs);
  }

  async #attempt<T>(call: Call<T>, timeoutMs: number): Promise<T> {
    try {
      return await backOff(() => inTime(call, timeoutMs), {
        numOfAttempts: MAX_ATTEMPTS,
        startingDelay: FIRST_DELAY_MS,
        jitter: 'full',
        retry: mayPass,
      });
    } catch (error) {
      throw storageError(error);
    }
  }
}

/** Returns whether the server says that there is no such object. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404;
}

/* The signal ends the request; the race also ends a body that stops arriving. */
async function inTime<T>(call: Call<T>, timeoutMs: number): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  let onAbort: (() => void) | undefined;
  const timedOut = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([call(signal), timedOut]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status >= 500 || PASSING.includes(status);
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
