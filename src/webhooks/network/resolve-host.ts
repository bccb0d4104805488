import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DeliveryError } from './delivery-error';
import { isAllowedAddress, type Network } from './networks';

/** What finds the addresses of a name. */
export type HostResolver = Pick<Resolver, 'resolve4' | 'resolve6'>;

const TIMEOUT_MS = 2_000;
const TRIES = 2;
/* With several name servers, the tries add up. */
const WHOLE_MS = 5_000;

/**
 * Returns a resolver that asks the name servers of the system. Unlike getaddrinfo it has a time-out, and takes no thread of the pool that
 * hashes passwords; the file of hosts and the search domains do not count.
 */
export function hostResolver(): HostResolver {
  return new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
}

/**
 * Returns an address of a host that webhooks may connect to. Every address is checked, because a name with a private one among them is a
 * way in. Throws `unresolvable` or `address_refused`.
 */
export async function resolveHost(host: string, allowed: readonly Network[], resolver: HostResolver): Promise<string> {
  const addresses = isIP(host) === 0 ? await addressesOf(host, resolver) : [host];
  const [first] = addresses;
  if (first === undefined) throw new DeliveryError('unresolvable', `No address was found for the name ${host}.`);
  if (addresses.every((address) => isAllowedAddress(address, allowed))) return first;
  throw new DeliveryError('address_refused', `${host} is in a private or reserved network, which WEBHOOK_ALLOWED_NETWORKS does not allow.`);
}

async function addressesOf(host: string, resolver: HostResolver): Promise<string[]> {
  const none = delay(WHOLE_MS, [] as string[], { ref: false });
  const families = [resolver.resolve4(host), resolver.resolve6(host)].map((family) => Promise.race([family.catch(() => []), none]));
  return (await Promise.all(families)).flat();
}
