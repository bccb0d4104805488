import { isUtf8 } from 'node:buffer';
import { invalidParameters } from '../../../problems/common-problems';
import { lengthInCharacters } from '../../../schema/text';

/** The most characters of `X-Reason`. */
export const MAX_REASON = 500;
const MAX_USER_AGENT = 500;

type Header = string | readonly string[] | undefined;

/** Returns the text of `X-Reason`, in UTF-8; throws `invalid_parameters` (400) for other bytes and for more than 500 characters. */
export function reasonOf(header: Header): string {
  if (header === undefined) return '';
  const bytes = bytesOf(header);
  if (!isUtf8(bytes)) throw refused('malformed', 'X-Reason must be UTF-8');
  const text = printable(bytes.toString('utf8'));
  if (lengthInCharacters(text, MAX_REASON) > MAX_REASON) throw refused('too_long', `X-Reason must be at most ${MAX_REASON} characters`);
  return text;
}

/** Returns the text of `User-Agent`, cut at 500 characters; one that is not UTF-8 is read as Latin-1, because nobody chose it. */
export function userAgentOf(header: Header): string {
  if (header === undefined) return '';
  const bytes = bytesOf(header);
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  return printable(text).slice(0, MAX_USER_AGENT).toWellFormed();
}

/* Node gives each byte of a header as one character. */
function bytesOf(header: string | readonly string[]): Buffer {
  return Buffer.from(String(header), 'latin1');
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

function refused(code: string, message: string) {
  return invalidParameters.because(`${message}.`, { errors: [{ pointer: 'X-Reason', code, message }] });
}
