import type { Ctx } from '../../../context/context';
import { openSecret } from '../../../encryption/sealed-secret';
import { DeliveryError, type FailureCode } from '../../network/delivery-error';
import { parseNetworks } from '../../network/networks';
import { type Answer, post } from '../../network/post';
import { type HostResolver, resolveHost } from '../../network/resolve-host';
import { checkUrl, hostOf } from '../../network/webhook-url';
import { signatureHeaders } from '../../signing/sign';
import type { Claimed } from '../claim.statement';

/** How an attempt ended. */
export interface Outcome {
  readonly error: FailureCode | null;
  readonly message: string | null;
  readonly status: number | null;
  /** How long the receiver wants to be left alone, in seconds. */
  readonly retryAfterSeconds: number;
}

/** Sends a message to its webhook once, and returns how that ended; it never throws. */
export async function attempt(ctx: Ctx, resolver: HostResolver, delivery: Claimed, body: string): Promise<Outcome> {
  try {
    return outcomeOf(await send(ctx, resolver, delivery, body));
  } catch (error) {
    const known = error instanceof DeliveryError ? error : new DeliveryError('connection_failed', 'The connection to the receiver failed.');
    if (known !== error) ctx.log.warn('webhook attempt failed unexpectedly', { deliveryId: delivery.id, error });
    return { error: known.code, message: known.message, status: null, retryAfterSeconds: 0 };
  }
}

/* The URL is checked again: a setting may have changed since it was written. */
async function send({ env }: Ctx, resolver: HostResolver, delivery: Claimed, body: string): Promise<Answer> {
  const secrets = secretsOf(env, delivery);
  const checked = checkUrl(delivery.url, env);
  if (!('url' in checked)) throw new DeliveryError('url_refused', `The URL ${checked.fault}.`);
  const { url } = checked;
  const address = await resolveHost(hostOf(url), parseNetworks(env.WEBHOOK_ALLOWED_NETWORKS), resolver);
  const headers = { ...HEADERS, ...signatureHeaders(secrets, delivery.id, new Date(), body) };
  return post({ url, address, headers, body });
}

const HEADERS = { 'Content-Type': 'application/json', Accept: '*/*', 'User-Agent': 'Storekeeper-Webhooks/1' };

function secretsOf(env: Ctx['env'], { secrets, webhookId }: Claimed): string[] {
  try {
    return secrets.map((sealed) => openSecret(env, sealed, webhookId));
  } catch {
    throw new DeliveryError('secret_unreadable', 'The key that encrypts the secret is not set any more: rotate the secret.');
  }
}

function outcomeOf({ status, retryAfter }: Answer): Outcome {
  if (status >= 200 && status < 300) return { error: null, message: null, status, retryAfterSeconds: 0 };
  const isRedirect = status >= 300 && status < 400;
  return {
    error: isRedirect ? 'redirected' : 'status',
    message: `The receiver answered ${status}${isRedirect ? '; redirects are not followed, so set the URL that it leads to' : ''}.`,
    status,
    retryAfterSeconds: secondsOf(retryAfter),
  };
}

/* RFC 9110, 10.2.3: seconds, or a date. */
function secondsOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined || retryAfter.length > 40) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}
