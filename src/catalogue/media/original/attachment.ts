import anyAscii from 'any-ascii';

/* Nothing in it runs, should a browser show it all the same. */
const SANDBOX = "default-src 'none'; sandbox";
const MAX_CHARACTERS = 150;

/** Returns the headers of a file that a browser saves instead of showing it. */
export function attachment(fileName: string): Record<string, string> {
  const name = anyAscii(fileName)
    .replace(/[^\w.-]+/g, '_')
    .slice(-MAX_CHARACTERS);
  return { 'Content-Disposition': `attachment; filename="${name}"`, 'Content-Security-Policy': SANDBOX };
}
