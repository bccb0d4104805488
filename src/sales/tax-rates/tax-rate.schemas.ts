import { taxClassField } from '../../catalogue';
import { deletedAt, field, stamps } from '../../resource/definition/field';
import { COUNTRY } from '../../schema/country';
import type { Format } from '../../schema/format';

const REGION: Format = { pattern: /^[A-Z0-9]{1,3}$/, rule: 'be the part of an ISO 3166-2 code behind the country, such as CA for US-CA' };

/** The fields of a tax rate. */
export const taxRateFields = {
  id: field.id(),
  country: field.text({
    min: 2,
    max: 2,
    format: COUNTRY,
    write: 'required',
    filter: 'exact',
    sort: true,
    description: 'The country of the shipping address (ISO 3166-1 alpha-2).',
    example: 'DE',
  }),
  region: field.text({
    min: 1,
    max: 3,
    format: REGION,
    write: 'optional',
    nullable: true,
    description: 'A region of the country, as ISO 3166-2 ends; its rate holds in the place of the country’s. Null for the whole country.',
    example: 'CA',
  }),
  taxClass: taxClassField('What it taxes: products and shipping methods name their class.'),
  name: field.text({ min: 1, max: 100, write: 'required', description: 'What invoices call the tax.', example: 'VAT' }),
  rate: field.decimal({ min: 0, max: 100, write: 'required', description: 'The rate in percent.', example: 19 }),
  validFrom: field.timestamp({ write: 'optional', nullable: true, description: 'From when it holds; null for ever since.' }),
  validTo: field.timestamp({ write: 'optional', nullable: true, description: 'Until when it holds; null for no end.' }),
  ...stamps,
  deletedAt,
} as const;
