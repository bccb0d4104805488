import type Joi from 'joi';
import { opaqueText } from '../../schema/schema';
import { lengthInCharacters } from '../../schema/text';
import { isGuessable } from './guessable-password';
import { isPreparable } from './prepared-password';

const MIN = 10;
const MAX = 128;

/** The schema of a password that is compared, also one from before today's rules. */
export const givenPassword = opaqueText(1, MAX).description('The password of the account.').example('correct horse battery');

/** The schema of a password that is set; beside an email and a username it must be neither. */
export const newPassword = opaqueText(MIN, MAX)
  .custom(goodPassword)
  .description(`${MIN} to ${MAX} characters, not a common password, the email or the username; only its argon2id hash is stored.`)
  .example('correct horse battery');

function goodPassword(value: string, helpers: Joi.CustomHelpers): string | Joi.ErrorReport {
  const characters = lengthInCharacters(value, MAX);
  if (characters < MIN || characters > MAX) return value;
  if (!isPreparable(value)) return helpers.error('password.characters');
  return isGuessable(value, namesBeside(helpers)) ? helpers.error('password.guessable') : value;
}

/* The email and the username in the same body. */
function namesBeside({ state }: Joi.CustomHelpers): string[] {
  const { email, username } = (state.ancestors?.[0] ?? {}) as { readonly email?: unknown; readonly username?: unknown };
  return [email, username].filter((name) => typeof name === 'string');
}
