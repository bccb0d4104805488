import { defineResource } from '../../resource/definition/resource';
import { taxRatesOverlap } from '../problems';
import { TaxRate } from './tax-rate.model';
import { taxRateFields } from './tax-rate.schemas';

/** Tax rates, never two at once for the same goods in the same place. */
export const taxRates = defineResource({
  name: 'tax-rates',
  one: 'tax-rate',
  prefix: '/v1/tax-rates',
  tag: 'Tax rates',
  description: 'What orders are taxed at: a rate per country or region and class of goods, over time, and never two at once.',
  model: () => TaxRate,
  fields: taxRateFields,
  defaultSort: 'country',
  access: { read: 'public' },
  problems: [taxRatesOverlap],
  example: { country: 'DE', taxClass: 'standard', name: 'USt.', rate: 19 },
});
