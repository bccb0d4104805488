import { invalidFile } from '../problems';

/** Passes the parts of a file on; throws `invalid_file` (422) at the first bytes that are not UTF-8, and names UTF-16. */
export async function* requireUtf8(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  for await (const part of parts) {
    if (isFirst && isUtf16(part)) throw refused('The file is in UTF-16.');
    isFirst = false;
    decode(() => decoder.decode(part, { stream: true }));
    yield part;
  }
  decode(() => decoder.decode());
}

function decode(step: () => void): void {
  try {
    step();
  } catch (cause) {
    throw refused('The file is not in UTF-8, or ends inside a character.', cause);
  }
}

/* By its mark, or by the zero byte that every Latin letter has in it. */
function isUtf16(part: Buffer): boolean {
  const [first, second] = part;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (part.length > 1 && (first === 0 || second === 0));
}

function refused(what: string, cause?: unknown) {
  return invalidFile.because(`${what} Save it in UTF-8 (in Excel: "CSV UTF-8") and send it again. Nothing was imported.`, {
    errors: [{ pointer: '', code: 'not_utf8', message: what }],
    cause,
  });
}
