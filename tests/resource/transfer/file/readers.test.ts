import { CsvReader } from '../../../../src/resource/transfer/file/csv-reader';
import type { FileReader } from '../../../../src/resource/transfer/file/file-row';
import { NdjsonReader } from '../../../../src/resource/transfer/file/ndjson-reader';
import { cellOfText, textOfCell } from '../../../../src/resource/transfer/file/text-cell';
import { batchesOf } from '../../../../src/resource/transfer/imports/source/batches-of';

/* In parts of a few bytes, so that every row is cut somewhere. */
async function rowsOf(text: string, reader: FileReader, size: number) {
  const bytes = Buffer.from(text);
  const rows = [];
  for (let at = 0; at < bytes.length; at += size) rows.push(...(await reader.read(bytes.subarray(at, at + size))));
  rows.push(...(await reader.end()));
  return { rows: rows.map(({ line, raw }) => [line, raw]), end: rows.at(-1)?.end, bytes: bytes.length, fault: reader.fault };
}

test.each([1, 3, 1_000])('reads CSV by its physical lines, whatever its line ends, in parts of %i bytes', async (size) => {
  const file = '\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n2,"l1\nl2\nl3"\n\n4,é';
  const { rows, end, bytes, fault } = await rowsOf(file, new CsvReader(), size);
  expect(rows).toEqual([
    [1, ['a', 'b']],
    [2, ['1', 'x\r\ny']],
    [5, ['2', 'l1\nl2\nl3']],
    [9, ['4', 'é']],
  ]);
  expect([end, fault]).toEqual([bytes, null]);
});

test('continues CSV from any row on, with the same lines', async () => {
  const file = 'a,b\n1,"x\ny"\n\n2,z\n3,w\n';
  const whole = new CsvReader();
  const rows = [...(await whole.read(Buffer.from(file))), ...(await whole.end())];
  for (const row of rows) {
    const reader = new CsvReader({ offset: row.end, line: row.nextLine });
    const rest = [...(await reader.read(Buffer.from(file).subarray(row.end))), ...(await reader.end())];
    expect(rest).toEqual(rows.filter(({ line }) => line > row.line));
  }
});

test.each([
  ['is never closed', 'a,b\n1,2\nx,"broken\ny,2\nz,3\n', 3],
  ['is closed by the next quote', 'a,b\n1,2\nx,"broken\ny,"fine"\nz,3\n', 3],
  ['is closed by a quote at the end of a line', 'a,b\n1,2\nx,"broken\ny,"\nfoo"\nz,3\n', 3],
  ['stands inside a cell', 'a,b\n1,2\nx,bro"ken\nz,3\n', 3],
  ['swallows a megabyte', `a,b\n1,2\n3,"${'x,y\n'.repeat(300_000)}`, 3],
])('a quote that %s ends the file at its own row', async (_how, file, line) => {
  for (const size of [file.length < 100 ? 4 : 4_096, 65_536]) {
    const { rows, fault } = await rowsOf(file, new CsvReader(), size);
    expect(rows).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ]);
    expect(fault?.line).toBe(line);
  }
});

test.each([1, 1_000])('reads lines of JSON, and ends at one that is too long, in parts of %i bytes', async (size) => {
  const { rows, end, bytes } = await rowsOf('\ufeff{"a":1}\r\n\n{"a":2}\n{"a"', new NdjsonReader(), size);
  expect([rows, end]).toEqual([
    [
      [1, '{"a":1}'],
      [3, '{"a":2}'],
      [4, '{"a"'],
    ].map((row) => row),
    bytes,
  ]);
  const long = await rowsOf(`{"a":1}\n{"a":"${'x'.repeat(1_100_000)}"}\n{"a":3}\n`, new NdjsonReader(), 65_536);
  expect([long.rows, long.fault?.line]).toEqual([[[1, '{"a":1}']], 2]);
});

test('writes each text as a cell that is no formula and no null, and reads exactly the text again', () => {
  for (const text of ['', "'", "''", '=1+1', "'=1", '-5', '+5', '@x', '\tx', '\rx', '＝1', "'plain", 'plain', "it's", '0', "'"]) {
    const cell = cellOfText(text);
    expect(cell).not.toMatch(/^([=+\-@\t\r＝]|$)/);
    expect(textOfCell(cell)).toBe(text);
  }
  expect([textOfCell('=1+1'), textOfCell("'plain")]).toEqual(['=1+1', "'plain"]);
});

test('a batch holds so many rows and bytes, whatever a part holds', async () => {
  async function* parts() {
    yield Buffer.from(`${'1\n'.repeat(200_000)}${`${'x'.repeat(900)}\n`.repeat(8)}`);
  }
  const sizes = [];
  for await (const { rows, isLast } of batchesOf(parts(), new NdjsonReader(), { rows: 50_000, bytes: 2_000 }))
    sizes.push([rows.length, isLast]);
  expect(sizes.slice(0, 2)).toEqual([
    [1_001, false],
    [1_001, false],
  ]);
  expect(sizes.slice(-3)).toEqual([
    [3, false],
    [3, false],
    [expect.any(Number), true],
  ]);
  expect(sizes.reduce((sum, [rows]) => sum + Number(rows), 0)).toBe(200_008);
});
