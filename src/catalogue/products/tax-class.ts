import { field } from '../../resource/definition/field';
import type { Format } from '../../schema/format';

const TAX_CLASS: Format = {
  pattern: /^[a-z][a-z0-9-]*$/,
  rule: 'begin with a small letter and go on with small letters, digits and hyphens',
};

/** Returns the field of the class of goods by which something is taxed, `standard` if left out. */
export function taxClassField(description: string) {
  return field.text({ min: 1, max: 32, format: TAX_CLASS, write: 'optional', default: 'standard', description, example: 'standard' });
}
