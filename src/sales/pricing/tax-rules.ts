import type { Env } from '../../../config/env';
import type { TaxRules } from './pricing.statement';

/** Returns how the shop taxes its orders, by its settings. */
export function taxRulesOf({ PRICES_INCLUDE_TAX, TAX_ROUNDING }: Env): TaxRules {
  return { pricesIncludeTax: PRICES_INCLUDE_TAX, taxRounding: TAX_ROUNDING };
}
