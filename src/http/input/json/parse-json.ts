import { isUtf8 } from 'node:buffer';
import { malformedJson } from '../../../problems/common-problems';
import { Problem, type Violation } from '../../../problems/problem';
import { scanJson } from './scan-json';

/** A JSON value, and what of it cannot be kept as it was sent. */
export interface JsonBody {
  readonly value: unknown;
  readonly violations: readonly Violation[];
  /** What it was parsed from; null where there was no body. */
  readonly bytes: Buffer | null;
  /** The id of a signed message. */
  readonly messageId?: string;
}

/**
 * Parses the bytes of a JSON body; throws `malformed_json` (400) for bytes that are not UTF-8 or not one JSON value, `invalid_body` (422)
 * as `scanJson` does.
 */
export function parseJson(bytes: Buffer, maxValues: number): JsonBody {
  if (bytes.length === 0) throw malformedJson.because('The body is empty: send one JSON value.');
  /* Decoding would turn such bytes into U+FFFD silently, and two passwords into one. */
  if (!isUtf8(bytes)) throw malformedJson.because('The body is not valid UTF-8: encode it as UTF-8 and send it again.');
  const text = withoutByteOrderMark(bytes.toString('utf8'));
  try {
    const violations = scanJson(text, maxValues);
    return { value: JSON.parse(text), violations, bytes };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw malformedJson.because('The body must be one JSON value.', { cause: error });
  }
}

function withoutByteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
