import Joi from 'joi';
import type { Format } from '../../../schema/format';
import { list, nullable, object, optional, type Schema, text } from '../../../schema/schema';

/** Who stands for a product: the manufacturer, or the responsible person in the EU. */
export interface Contact {
  readonly name?: string | null;
  readonly postalAddress?: string | null;
  readonly electronicAddress?: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null;
}

/** What an offer says of a product's safety: Regulation (EU) 2023/988, article 19. */
export interface ProductSafety {
  readonly manufacturer?: Contact | null;
  readonly responsiblePerson?: Contact | null;
  readonly warnings?: readonly { readonly language: string; readonly text: string }[] | null;
}

const ADDRESS: Format = {
  pattern: /^(https?:\/\/\S+|[^\s@/]+@[^\s@.]+\.[^\s@]+)$/,
  rule: 'be an email address, or a web address that begins with http:// or https://',
};
const LANGUAGE: Format = { pattern: /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/, rule: 'be a language such as de or pt-BR (BCP 47)' };

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const country = Joi.string()
  .custom((value: string, helpers) =>
    /^[A-Z]{2}$/.test(value) && value !== 'ZZ' && regions.of(value) !== undefined ? value : helpers.error('string.format', COUNTRY),
  )
  .meta({ minLength: 2, maxLength: 2, pattern: '^[A-Z]{2}$' })
  .description('ISO 3166-1 alpha-2.')
  .example('DE');
const COUNTRY = { rule: 'be a country such as DE (ISO 3166-1)' };

/* A member may be missing in a draft; null takes it away in a patch. */
const missable = <T>(schema: Schema<T>) => optional(nullable(schema));

const contact = () =>
  object({
    name: missable(text(1, 200).description('The name, or the registered trade name or mark.').example('Exotic Liquids Ltd')),
    postalAddress: missable(text(1, 500).description('The postal address.').example('49 Gilbert St., London EC1 4SD')),
    electronicAddress: missable(
      text(3, 254, ADDRESS).description('An email or web address at which they can be reached.').example('https://exotic.example'),
    ),
    country: missable(country),
  }).optional();

const warning = object({
  language: text(2, 35, LANGUAGE).description('The language of the text (BCP 47).').example('de'),
  text: text(1, 2_000).description('The warning or safety information.').example('Nicht für Kinder unter 36 Monaten geeignet.'),
});

/** The schema of a product's safety information; what is missing is asked for only where the product becomes active. */
export const productSafetySchema = object({
  manufacturer: missable(contact().description('The manufacturer.')),
  responsiblePerson: missable(
    contact().description('The responsible person in the EU (article 16); required where the manufacturer is outside of it.'),
  ),
  warnings: missable(
    list(warning, 0, 30).description('Warnings and safety information, each in a language; an empty list says that none is needed.'),
  ),
}).optional();
