import { fileTooLarge } from '../../problems';

/** The largest file, decompressed: about ten million rows. */
const MAX_FILE_BYTES = 2_147_483_648;

/** Throws `file_too_large` (413) beyond the largest file that an import takes. */
export function requireFileSize(bytes: number): void {
  if (bytes > MAX_FILE_BYTES) throw fileTooLarge.because(`The file must be at most ${MAX_FILE_BYTES} bytes, decompressed.`);
}
