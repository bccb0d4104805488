import type Joi from 'joi';
import { COUNTRY } from './country';
import { jsonObject } from './schema';

const MAX_BYTES = 4_096;

/** Returns the schema of an address: an object whose `country`, where it has one, is a code that tax and shipping are looked up by. */
export function addressSchema(description: string): Joi.ObjectSchema<Record<string, unknown>> {
  return jsonObject(MAX_BYTES)
    .custom((address: Record<string, unknown>, helpers) => {
      const { country } = address;
      const isCode = typeof country === 'string' && country.length === 2 && COUNTRY.pattern.test(country);
      return country === undefined || country === null || isCode ? address : helpers.error('address.country');
    })
    .description(description)
    .example({ name: 'Maria Anders', street: 'Obere Str. 57', postalCode: '12209', city: 'Berlin', country: 'DE' });
}
