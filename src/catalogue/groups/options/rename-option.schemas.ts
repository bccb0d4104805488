import { object, optional, type Schema, text } from '../../../schema/schema';
import { MAX_AXIS_LENGTH, MAX_VALUE_LENGTH } from '../option-axes';

/** The new name of an option, or of a value of one. */
export interface Renaming {
  readonly option: string;
  readonly value?: string;
  readonly to: string;
}

/** Returns the schema of a renaming; the name of an option is shorter than a value may be. */
export function renamingSchema(): Schema<Renaming> {
  return object({
    option: text(1, MAX_AXIS_LENGTH).description('The option.').example('Size'),
    value: optional(text(1, MAX_VALUE_LENGTH).description('The value to rename; without it the option itself is renamed.').example('M')),
    to: text(1, MAX_VALUE_LENGTH)
      .description(`The new name; that of an option has at most ${MAX_AXIS_LENGTH} characters.`)
      .example('Medium'),
  }) as unknown as Schema<Renaming>;
}
