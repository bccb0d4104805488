import { isIP } from 'node:net';
import type { Env } from '../../../config/env';
import { isAllowedAddress, parseNetworks } from './networks';

/** The settings that decide where webhooks may go. */
export type NetworkSettings = Pick<Env, 'WEBHOOK_ALLOWED_NETWORKS' | 'WEBHOOK_HTTP'>;

/** The most characters of a URL. */
export const MAX_URL_LENGTH = 2_000;

/** A URL that webhooks may be sent to, or what is wrong with it. */
export type CheckedUrl = { readonly url: URL } | { readonly fault: string };

/**
 * Returns the URL, with its name in ASCII, or what is wrong with it, in words that follow the field's name. What a name resolves to is
 * checked when the connection is made.
 */
export function checkUrl(text: string, settings: NetworkSettings): CheckedUrl {
  if (!URL.canParse(text)) return { fault: 'must be a URL such as https://shop.example/hooks' };
  const url = new URL(text);
  const fault = faultOf(url, settings);
  return fault === undefined ? { url } : { fault };
}

/** Returns the host of a URL as the resolver takes it: without the brackets of an IPv6 address or a final dot. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function faultOf(url: URL, settings: NetworkSettings): string | undefined {
  if (url.protocol === 'http:' && settings.WEBHOOK_HTTP === 'off')
    return "must begin with https://, so that nobody on the way reads it (the shop's operator allows http:// with WEBHOOK_HTTP)";
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must hold no user name or password: receivers verify the signature instead';
  if (url.hash !== '') return 'must have no fragment (#...)';
  if (url.href.length > MAX_URL_LENGTH) return `must have at most ${MAX_URL_LENGTH} characters once it is percent-encoded`;
  if (!isOpenPort(url)) return 'must have no port, or 80, 443 or one from 1024';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isAllowedAddress(host, parseNetworks(settings.WEBHOOK_ALLOWED_NETWORKS)))
    return "must not point into a private or reserved network (the shop's operator allows some with WEBHOOK_ALLOWED_NETWORKS)";
  return undefined;
}

/* Below 1024 are services that take an HTTP request for one of theirs, such as mail on port 25. */
function isOpenPort({ port }: URL): boolean {
  return port === '' || port === '80' || port === '443' || Number(port) >= 1_024;
}
