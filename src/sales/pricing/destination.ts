import type { Env } from '../../../config/env';

/** Where an order goes, which decides its tax and its shipping; null where nothing says it. */
export interface Destination {
  readonly country: string | null;
  readonly region: string | null;
}

/** Returns where an order goes: the country and region of its shipping address, or else the shop's own country. */
export function destinationOf({ SHOP_COUNTRY }: Env, address: Readonly<Record<string, unknown>> | null | undefined): Destination {
  const { country, region } = address ?? {};
  if (typeof country !== 'string') return { country: SHOP_COUNTRY === '' ? null : SHOP_COUNTRY, region: null };
  return { country, region: typeof region === 'string' ? region : null };
}
