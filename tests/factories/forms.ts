const BOUNDARY = 'form-boundary-4f1c';

interface Part {
  readonly name?: string;
  readonly fileName?: string;
  readonly content: Buffer | string;
}

/** The media type of `formOf`. */
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** Returns the body of a form (RFC 7578) with these parts; a part with a file name is a file. */
export function formOf(parts: readonly Part[], isWhole = true): Buffer {
  const written = parts.map(({ name = 'file', fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]);
  });
  return Buffer.concat([...written, Buffer.from(isWhole ? `--${BOUNDARY}--\r\n` : '')]);
}
