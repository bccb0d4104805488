import { isIP, isIPv4 } from 'node:net';
import type { Request, Response } from 'express';
import ipaddr from 'ipaddr.js';

const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([^\]]+)\]):\d+$/;
const IN_BRACKETS = /^\[(.+)\]$/;
/* What a provider gives one customer: RIPE-690 recommends a /56 or /48 to each. */
const NETWORK_BYTES = 7;

/**
 * Finds the client's address and keeps it with the response. Behind the proxies of TRUST_PROXY it is what the outermost of them reports in
 * `X-Forwarded-For`, without a port; what is no address counts as the proxy's own. `Forwarded` and `X-Forwarded-Host` are never read.
 */
export function assignClientAddress(req: Request, res: Response): void {
  const { remoteAddress = '' } = req.socket;
  res.locals.clientAddress = plainAddress(req.ip ?? '') ?? plainAddress(remoteAddress) ?? remoteAddress;
}

/** Returns the address of the client that a response goes to. */
export function clientAddressOf(res: Response): string {
  return String(res.locals.clientAddress);
}

/** Returns the part of an address that one client has to itself: an IPv4 address, or the /56 network of an IPv6 one. */
export function clientNetwork(address: string): string {
  const plain = plainAddress(address);
  if (plain === null || isIPv4(plain)) return plain ?? address;
  return `${Buffer.from(ipaddr.IPv6.parse(plain).toByteArray().slice(0, NETWORK_BYTES)).toString('hex')}/56`;
}

/* An IPv4 address inside IPv6 (::ffff:192.0.2.1) is the IPv4 address. */
function plainAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const [, v4, v6] = WITH_PORT.exec(text) ?? [];
  const address = v4 ?? v6 ?? IN_BRACKETS.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}
