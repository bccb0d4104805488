import type { Format } from '../../schema/format';
import { list, object, text } from '../../schema/schema';

/** What the variants of a group differ in, with its values in the order in which they are shown. */
export interface OptionAxis {
  readonly name: string;
  readonly values: readonly string[];
}

/** The value of each axis that a variant has, by the name of the axis. */
export type OptionValues = Readonly<Record<string, string>>;

/* The database has the same bounds (migrations/functions/variants/option_axes.sql). */
export const MAX_AXES = 5;
export const MAX_AXIS_LENGTH = 60;
export const MAX_VALUES = 150;
export const MAX_VALUE_LENGTH = 100;
/** The most live products of a group. */
export const MAX_VARIANTS = 500;

/**
 * The format of the name of an axis, which is a part of parameters such as `optionValues.Size[in]`: brackets would be an operator, and joi
 * drops a member `__proto__`.
 */
export const AXIS_NAME: Format = {
  pattern: /^(?!__proto__$)[^[\]\t\n\v\f\r]+$/,
  rule: 'be a name without brackets and line breaks, and other than __proto__',
};

/** Returns the schema of the axes of a group, whose names differ, as do the values of each. */
export function optionAxesSchema() {
  const axis = object({
    name: text(1, MAX_AXIS_LENGTH, AXIS_NAME).description('What the variants differ in.').example('Size'),
    values: list(text(1, MAX_VALUE_LENGTH), 1, MAX_VALUES)
      .unique()
      .description('The values, in the order in which they are shown.')
      .example(['S', 'M', 'L']),
  });
  return list(axis, 0, MAX_AXES).unique('name');
}
