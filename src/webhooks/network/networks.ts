import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** A network: its address and the length of its prefix in bits. */
export type Network = readonly [address: IPv4 | IPv6, prefixBits: number];

/** Returns the networks of a comma-separated list of CIDRs; throws where one is none. */
export function parseNetworks(cidrs: string): readonly Network[] {
  return cidrs
    .split(',')
    .map((cidr) => cidr.trim())
    .filter((cidr) => cidr !== '')
    .map((cidr) => ipaddr.parseCIDR(cidr));
}

/**
 * Returns whether a webhook may connect to an IP address: one of the public Internet, or of the networks that the shop allows. An
 * IPv4-mapped IPv6 address counts as the IPv4 address that it stands for.
 */
export function isAllowedAddress(text: string, allowed: readonly Network[]): boolean {
  const address = ipaddr.process(text);
  if (allowed.some((network) => contains(network, address))) return true;
  // Only 2000::/3 is assigned to the public Internet, so that what is unknown today is refused, too.
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || contains(GLOBAL_UNICAST, address));
}

/* RFC 4291, 2.4 */
const GLOBAL_UNICAST: Network = ipaddr.parseCIDR('2000::/3');

function contains([network, bits]: Network, address: IPv4 | IPv6): boolean {
  return network.kind() === address.kind() && address.match(network, bits);
}
