import fc from 'fast-check';
import { isExactNumber } from '../../../../src/http/input/json/exact-number';
import { parseJson } from '../../../../src/http/input/json/parse-json';
import { scanJson } from '../../../../src/http/input/json/scan-json';

const scan = (text: string) => scanJson(text, 10_000).map(({ pointer, code }) => [pointer, code]);

test.each([
  ['9007199254740993', false],
  ['9007199254740992', true],
  ['12345678901234567890', false],
  ['1e400', false],
  ['-1e400', false],
  ['1e-400', false],
  ['1e-99999999999999999999', false],
  ['0e99999999999999999999', true],
  ['0.1234567890123456789', false],
  ['0.1', true],
  ['-0', true],
  ['1.50', true],
  ['1E2', true],
  ['5e-324', true],
  ['1.7976931348623157e308', true],
  ['100000000000000000000', true],
])('finds that %s stays the same number as a double: %s', (token, isExact) => {
  expect(isExactNumber(token)).toBe(isExact);
});

test('names each number that would change, by its pointer', () => {
  expect(scan('{"a": [1, 9007199254740993, {"b/c": 1e400}], "d": "9007199254740993"}')).toEqual([
    ['/a/1', 'inexact_number'],
    ['/a/2/b~1c', 'inexact_number'],
  ]);
  expect(scan('1e999')).toEqual([['', 'inexact_number']]);
});

test('names each member that is given twice, however it is spelled, and each named __proto__', () => {
  expect(scan('{"a": 1, "b": {"a": 1}, "\\u0061": 2}')).toEqual([['/a', 'duplicate']]);
  expect(scan('{"x": [{"__proto__": {}}]}')).toEqual([['/x/0/__proto__', 'unknown_field']]);
  expect(scan('{"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}, {"b": 1}]}')).toEqual([]);
});

test('finds nothing in what JSON.stringify writes, and counts its values', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const isPlain = !text.includes('__proto__');
      const values = valuesIn(value);
      if (isPlain) expect(scanJson(text, values)).toEqual([]);
      expect(() => scanJson(text, values - 1)).toThrow('more than');
    }),
  );
});

test('leaves every text that is not JSON to the parser, which refuses it', () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '"a"', '1', '-', '1e5', 'true', 'nul', ' ', '\u0000', 'é');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        if (text !== '') expect(() => parseJson(Buffer.from(text), 100)).toThrow(/malformed_json/);
        return;
      }
      expect(parseJson(Buffer.from(text), 100).value).toEqual(parsed);
    }),
    { numRuns: 2_000 },
  );
});

test('looks at no more of a long text than its first values', () => {
  const text = `[${'0,'.repeat(500_000)}0]`;
  expect(() => scanJson(text, 1_000)).toThrow('more than 1000 values');
  const nested = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  expect(() => scanJson(nested, 10_000)).toThrow('deeper than 32 levels');
});

test('keeps no more names of a text that is not JSON than values of one that is', () => {
  expect(() => scanJson(`{${'"a",'.repeat(500_000)}`, 1_000)).toThrow('more than 1000 names');
});

test('stops naming faults after a hundred and one, and still counts the values behind them', () => {
  const numbers = (count: number) => `[${Array(count).fill('1e999').join()}]`;
  expect(scan(numbers(9_000))).toHaveLength(101);
  expect(() => scanJson(numbers(9_000), 8_000)).toThrow('more than 8000 values');
});

function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + valuesIn(member), 1);
}
