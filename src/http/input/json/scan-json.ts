import { invalidBody } from '../../../problems/common-problems';
import { MAX_VIOLATIONS, type Violation } from '../../../problems/problem';
import { jsonPointer } from '../../../schema/validate';
import { isExactNumber } from './exact-number';

/* Far beyond what a request of this API needs; it bounds the time that validation takes. */
const MAX_DEPTH = 32;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const LITERAL = /[a-z]+/y;

/** An open object or array, and the member that is being read. */
interface Container {
  /** The names read so far; null for an array. */
  readonly names: Set<string> | null;
  step: string | number;
  expectsName: boolean;
}

/**
 * Scans JSON text before it is parsed, so that a large body costs no more than its scan. Returns a violation for each repeated name, for
 * each member named `__proto__` (joi drops it) and for each number that a double would change; throws `invalid_body` (422) beyond
 * `maxValues` values or names, or 32 levels. Text that is not JSON is left to the parser.
 */
export function scanJson(text: string, maxValues: number): Violation[] {
  const open: Container[] = [];
  const found: Violation[] = [];
  let values = 0;
  // In JSON each has a value; text that is not JSON may have names only.
  let names = 0;
  let at = 0;
  const count = () => {
    values += 1;
    if (values > maxValues) throw refused('too_many', `the JSON has more than ${maxValues} values`);
  };
  const countName = () => {
    names += 1;
    if (names > maxValues) throw refused('too_many', `the JSON has more than ${maxValues} names`);
  };
  const pointer = () => jsonPointer(open.map(({ step }) => step));
  // One more than a response names, which tells that there are more.
  const isFull = () => found.length > MAX_VIOLATIONS;
  const report = (code: string, message: string) => isFull() || found.push({ pointer: pointer(), code, message });
  while (at < text.length) {
    const inner = open.at(-1);
    switch (text[at]) {
      case '{':
      case '[':
        count();
        if (open.length === MAX_DEPTH) throw refused('too_deep', `the JSON is deeper than ${MAX_DEPTH} levels`);
        open.push(text[at] === '{' ? { names: new Set(), step: '', expectsName: true } : { names: null, step: 0, expectsName: false });
        at += 1;
        break;
      case '}':
      case ']':
        open.pop();
        at += 1;
        break;
      case ',':
        if (inner?.names) inner.expectsName = true;
        else if (inner) inner.step = Number(inner.step) + 1;
        at += 1;
        break;
      case '"': {
        const end = endOfText(text, at);
        if (end < 0) return found;
        if (inner?.names && inner.expectsName) {
          countName();
          const name = nameOf(text.slice(at, end));
          inner.step = name;
          inner.expectsName = false;
          if (inner.names.has(name)) report('duplicate', `${name.slice(0, 100)} is given more than once`);
          if (name === '__proto__') report('unknown_field', '__proto__ is not allowed');
          inner.names.add(name);
        } else count();
        at = end;
        break;
      }
      case ':':
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        at += 1;
        break;
      default: {
        count();
        const token = match(NUMBER, text, at);
        const length = token?.length ?? match(LITERAL, text, at)?.length;
        if (length === undefined) return found;
        if (token !== undefined && !isFull() && !isExactNumber(token)) {
          const name = String(inner?.step ?? 'the number').slice(0, 100);
          report('inexact_number', `${name} would change when it is stored: send at most 15 digits, or text`);
        }
        at += length;
      }
    }
  }
  return found;
}

function refused(code: string, message: string) {
  return invalidBody.because(`${message}.`, { errors: [{ pointer: '', code, message }] });
}

/* The place after the closing quote; -1 where there is none. */
function endOfText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text[before] === '\\') before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return -1;
}

/* Two spellings of a name, "a" and "\u0061", are one name. */
function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
