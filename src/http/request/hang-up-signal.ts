import type { Response } from 'express';

/** Returns a function that makes, once it is called, the signal of a client that hangs up before it has its response. */
export function hangUpSignalOf(res: Response): () => AbortSignal {
  let controller: AbortController | undefined;
  return () => {
    if (controller) return controller.signal;
    const hangUp = new AbortController();
    controller = hangUp;
    const abort = () => res.writableFinished || hangUp.abort();
    if (res.closed) abort();
    else res.once('close', abort);
    return hangUp.signal;
  };
}
