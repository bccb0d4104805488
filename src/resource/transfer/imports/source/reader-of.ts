import { CsvReader } from '../../file/csv-reader';
import type { FilePosition, FileReader } from '../../file/file-row';
import type { Format } from '../../file/formats';
import { NdjsonReader } from '../../file/ndjson-reader';

/** Returns the reader of a format from a position on. */
export function readerOf(format: Format, from?: FilePosition): FileReader {
  return format === 'csv' ? new CsvReader(from) : new NdjsonReader(from);
}
