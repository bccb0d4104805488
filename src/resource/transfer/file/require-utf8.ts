import { invalidFile } from '../problems';

/** Passes the parts of a file on; throws `invalid_file` (422) at the first bytes that are not UTF-8, and names what it knows. */
export async function* requireUtf8(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  for await (const part of parts) {
    if (isFirst) refuseKnown(part);
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
    throw refused('The file is not in UTF-8, or ends inside a character.', ADVICE, cause);
  }
}

/* Excel saves a workbook, and a file that is compressed already is sent without saying so. */
function refuseKnown(part: Buffer): void {
  if (part.subarray(0, 2).equals(GZIP))
    throw refused('The file is compressed: send it with "Content-Encoding: gzip", compressed once.', '');
  if (part.subarray(0, 4).equals(ZIP)) throw refused('The file is a workbook or a ZIP archive, no text.');
  if (isUtf16(part)) throw refused('The file is in UTF-16.');
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\x03\x04');

/* By its mark, or by a zero byte in the first line, which every comma has in it. */
function isUtf16(part: Buffer): boolean {
  const [first, second] = part;
  const end = part.indexOf('\n');
  const line = part.subarray(0, end < 0 ? undefined : end + 2);
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || line.includes(0);
}

const ADVICE = ' Save it in UTF-8 (in Excel: "CSV UTF-8") and send it again.';

function refused(what: string, advice = ADVICE, cause?: unknown) {
  return invalidFile.because(`${what}${advice} Nothing was imported.`, {
    errors: [{ pointer: '', code: 'not_utf8', message: what }],
    cause,
  });
}
