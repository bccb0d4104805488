/*
 * A name such as `attributes.*[in]` in a shape stands for each parameter `attributes.<member>[in]`, whatever the member, because nobody
 * knows beforehand which members the objects have.
 */

const MAX_MEMBER = 64;
/* Text that PostgreSQL can store, without the brackets of an operator. */
const MEMBER = `[^\\[\\]\\u0000-\\u001f\\ud800-\\udfff]{1,${MAX_MEMBER}}`;
const NAME = new RegExp(`^(\\w{1,64})\\.(${MEMBER})((?:\\[\\w{1,16}\\])?)$`, 'u');

/** Returns the wildcard that a name falls under: `attributes.*[in]` for `attributes.color[in]`; null where it names no member. */
export function wildcardOf(name: string): string | null {
  const [, object, , operator] = NAME.exec(name) ?? [];
  return object === undefined ? null : `${object}.*${operator}`;
}

/** Returns the member that a name under a wildcard names: `color` for `attributes.color[in]`. */
export function memberOf(name: string): string {
  return NAME.exec(name)?.[2] ?? '';
}

/** Returns whether a name of a shape is a wildcard. */
export function isWildcard(name: string): boolean {
  return name.includes('.*');
}

/** Returns the pattern of the names under a wildcard. */
export function wildcardPattern(wildcard: string): RegExp {
  const [object = '', operator = ''] = wildcard.split('.*');
  return new RegExp(`^${object}\\.${MEMBER}${operator.replace(/[[\]]/g, '\\$&')}$`, 'u');
}
