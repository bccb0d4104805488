import type { Violation } from '../../../problems/problem';
import { trimmed } from '../../../schema/text';
import { jsonPointer } from '../../../schema/validate';
import type { OptionAxis, OptionValues } from '../option-axes';

/** Whether option values are one per axis, each of the axis's own: the values as they are stored, or what is wrong. */
export type OptionFit = { readonly values: OptionValues } | { readonly violations: readonly Violation[] };

/* Of an axis, in a message. */
const MOST_NAMED = 20;

/** Fits option values to the axes of a group. What a product brings along from another group, and has no axis here, is dropped. */
export function fitOptions(axes: readonly OptionAxis[], given: Readonly<Record<string, unknown>>, former: OptionValues): OptionFit {
  const tidy = new Map(Object.entries(given).map(([name, value]) => [tidied(name), typeof value === 'string' ? tidied(value) : value]));
  const known = new Set(axes.map(({ name }) => name));
  const unknown = [...tidy].filter(([name, value]) => !known.has(name) && former[name] !== value).map(([name]) => unknownAxis(name, axes));
  const violations = [...unknown, ...axes.flatMap((axis) => misfit(axis, tidy.get(axis.name)))];
  if (violations.length > 0) return { violations };
  return { values: Object.fromEntries(axes.map(({ name }) => [name, String(tidy.get(name))])) };
}

/** Returns option values as a reader names them: `Size M, Colour red`. */
export function namedValues(values: OptionValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function tidied(text: string): string {
  return trimmed(text.normalize('NFC'));
}

function unknownAxis(name: string, axes: readonly OptionAxis[]): Violation {
  const shown = name.slice(0, 100);
  const options = axes.length === 0 ? 'it has none' : `its options are ${axes.map((axis) => axis.name).join(', ')}`;
  return { pointer: pointerOf(name), code: 'unknown_option', message: `The group has no option "${shown}"; ${options}` };
}

function misfit({ name, values }: OptionAxis, given: unknown): Violation[] {
  if (given === undefined || given === null) {
    return [{ pointer: pointerOf(name), code: 'required', message: `optionValues.${name} is required: ${listed(values)}` }];
  }
  if (typeof given === 'string' && values.includes(given)) return [];
  const message = `optionValues.${name} must be ${listed(values)}; add a new value to the options of the group first`;
  return [{ pointer: pointerOf(name), code: 'not_allowed', message }];
}

function listed(values: readonly string[]): string {
  const shown = values.slice(0, MOST_NAMED).join(', ');
  return values.length > MOST_NAMED ? `one of ${shown} or ${values.length - MOST_NAMED} others` : `one of ${shown}`;
}

function pointerOf(name: string): string {
  return jsonPointer(['optionValues', name.slice(0, 100)]);
}
