import { isBlank, trimmed } from '../../../schema/text';
import type { MediaType } from '../medium.schemas';

const MAX_CHARACTERS = 200;
/* Controls, and what turns the direction of text: a name would look like another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Returns the name of a file as it is kept: without folders and what nobody sees; one made from its type where nothing is left. */
export function fileNameOf(given: string | undefined, mediaType: MediaType): string {
  const last = (given ?? '').toWellFormed().split(/[\\/]/).at(-1) ?? '';
  const characters = [...trimmed(last.replace(UNSEEN, '').normalize('NFC'))];
  const name = trimmed(characters.slice(0, MAX_CHARACTERS).join(''));
  return isBlank(name) || /^\.+$/.test(name) ? `image.${mediaType.replace('image/', '')}` : name;
}
