import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const DOMAINS = ['accounts', 'catalogue', 'sales', 'operations'];
const KERNEL = ['http', 'resource', 'database', 'logging'];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = ['src', 'config', 'migrations', 'seeders', 'scripts', 'tests'].flatMap(filesBelow).map((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = [...text.matchAll(/(?:from|import\(|require\()\s*'(\.[^']*)'/g)].map(([, target]) =>
    relative(ROOT, resolve(ROOT, dirname(path), String(target))),
  );
  return { path, text, lines: text.split('\n').length - 1, imports };
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const roomOf = (path: string) => /^src\/(\w+)\//.exec(path)?.[1] ?? '';
const offenders = (matches: (source: Source) => boolean) => sources.filter(matches).map(({ path }) => path);

test('finds the sources', () => expect(sources.length).toBeGreaterThan(150));

test('no file has more than 250 lines, and the median of src at most 60', () => {
  expect(offenders(({ lines }) => lines > 250)).toEqual([]);
  const sizes = sources
    .filter(({ path }) => path.startsWith('src/'))
    .map(({ lines }) => lines)
    .sort((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60);
});

test('no folder of src has more than a dozen files', () => {
  const counts = new Map<string, number>();
  for (const { path } of sources) if (path.startsWith('src/')) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 12)).toEqual([]);
});

test('domains enter each other by the index only', () => {
  const breaches = sources.flatMap(({ path, imports }) =>
    imports.filter(
      (target) =>
        DOMAINS.includes(roomOf(`${target}/`)) &&
        DOMAINS.includes(roomOf(path)) &&
        roomOf(path) !== roomOf(`${target}/`) &&
        !/^src\/\w+$/.test(target),
    ),
  );
  expect(breaches).toEqual([]);
});

test('the kernel knows no domain', () => {
  const breaches = sources
    .filter(({ path }) => KERNEL.includes(roomOf(path)))
    .flatMap(({ path, imports }) =>
      imports.filter((target) => DOMAINS.includes(roomOf(`${target}/`))).map((target) => `${path} → ${target}`),
    );
  expect(breaches).toEqual([]);
});

test('settings are read in one place, and no check is switched off', () => {
  const readers = offenders(({ path, text }) => /^(src|config)\//.test(path) && /process\.env/.test(text));
  expect(readers).toEqual(['src/migrator/database-command.ts', 'src/migrator/sequelize-cli.ts', 'config/env.ts']);
  const off = offenders(
    ({ path, text }) =>
      path !== 'tests/architecture/layout.test.ts' && /:\s*any\b|\bas any\b|@ts-(ignore|nocheck|expect-error)|biome-ignore/.test(text),
  );
  expect(off).toEqual([]);
});
