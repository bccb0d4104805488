import type { Request, Response } from 'express';
import type { Endpoint } from '../../endpoint';

/** What anybody may read is kept and asked about; a header of the reply may say more. */
export const REVALIDATED = 'no-cache';

/**
 * Sets who may keep the response: nobody, if it is personal, a probe, or the answer to a write; only the client, if it may depend on who asks for
 * what anybody may read.
 */
export function setCacheControl(req: Request, res: Response, { access, method }: Endpoint): void {
  if (access !== 'public' || method !== 'get') res.setHeader('Cache-Control', 'no-store');
  else if (req.headers.authorization !== undefined) res.setHeader('Cache-Control', `private, ${REVALIDATED}`);
}
