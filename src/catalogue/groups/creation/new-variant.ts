import type { Values } from '../../../resource/definition/resource';
import type { OptionAxis, OptionValues } from '../option-axes';

const MAX_NAME = 200;

/** Returns the values of a new product of a group: what the client gave, and what follows from the group. */
export function variantValues(group: Values, id: string, given: Values): Values {
  return { ...given, groupId: id, name: given.name ?? variantName(group, given), categoryId: given.categoryId ?? group.categoryId ?? null };
}

/** Returns the name of a variant, its option values in the order of the group's: `T-shirt – M / red`. */
export function variantName({ name, options }: Values, { optionValues }: Values): string {
  const values = ((options ?? []) as readonly OptionAxis[]).flatMap((axis) => ((optionValues ?? {}) as OptionValues)[axis.name] ?? []);
  const whole = values.length === 0 ? String(name) : `${name} – ${values.join(' / ')}`;
  return [...whole].slice(0, MAX_NAME).join('').trim();
}
