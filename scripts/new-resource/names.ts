import { Utils } from 'sequelize';
import { Refusal } from './refusal';
import { whyNotModel } from './reserved';

/** A resource's name in each form that the house writes it in. */
export interface Names {
  readonly domain: string;
  /** In URLs, permissions and as folder: `gift-cards`. */
  readonly plural: string;
  /** In file names and operation ids: `gift-card`. */
  readonly singular: string;
  /** Of the declaration in code: `giftCards`. */
  readonly resource: string;
  /** Of one in code: `giftCard`. */
  readonly one: string;
  readonly model: string;
  readonly table: string;
  /** In prose: `gift cards`. */
  readonly words: string;
  /** In prose, with its article: `a gift card`. */
  readonly aWord: string;
}

const WELL_FORMED = /^([a-z]+)\/([a-z]+(?:-[a-z]+)*)$/;
/* PostgreSQL cuts names after 63 bytes: table, column, two underscores and the longest kind have to fit. */
const MAX_LENGTH = 30;

/** The names that follow from `domain/plural-name`; throws a Refusal where it is no such thing. */
export function namesOf(place: string): Names {
  const [, domain, plural] = WELL_FORMED.exec(place) ?? [];
  if (domain === undefined || plural === undefined)
    throw new Refusal(`"${place}" is no name of a resource: write domain/plural-name in small letters, as in catalogue/gift-cards.`);
  if (plural.length > MAX_LENGTH) throw new Refusal(`"${plural}" is too long: ${MAX_LENGTH} characters at most.`);
  const asPlural = lastWord(plural, Utils.pluralize);
  if (asPlural !== plural) throw new Refusal(`A resource is named in the plural: ${domain}/${asPlural}.`);
  const singular = lastWord(plural, Utils.singularize);
  const table = plural.replaceAll('-', '_');
  const model = capitalised(camelCase(singular));
  const reason = whyNotModel(table, model);
  if (reason !== null) throw new Refusal(`A resource cannot be named "${plural}": ${reason}.`);
  return {
    domain,
    plural,
    singular,
    resource: camelCase(plural),
    one: camelCase(singular),
    model,
    table,
    words: plural.replaceAll('-', ' '),
    aWord: `${/^[aeiou]/.test(singular) ? 'an' : 'a'} ${singular.replaceAll('-', ' ')}`,
  };
}

/** The name with a capital first letter. */
export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function lastWord(name: string, inflect: (word: string) => string): string {
  const words = name.split('-');
  return [...words.slice(0, -1), inflect(words.at(-1) as string)].join('-');
}

function camelCase(name: string): string {
  return name
    .split('-')
    .map((word, at) => (at === 0 ? word : capitalised(word)))
    .join('');
}
