import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/** A file of the project, with the project files that it imports. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

/** Texts by path, from the project folder. */
export type Files = Readonly<Record<string, string>>;

/** Checks the sources, and returns a line per breach. */
export type Rule = (sources: readonly Source[]) => string[];

const FOLDERS = ['src', 'config', 'migrations', 'seeders', 'scripts', 'bench', 'tests'];

/** Returns the TypeScript files of the project. */
export function projectFiles(): Files {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(PROJECT_FOLDER, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(PROJECT_FOLDER, join(entry.parentPath, entry.name))),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(PROJECT_FOLDER, path), 'utf8')]));
}

/** Returns the files with their imports resolved among each other; an import of no such file keeps its bare path. */
export function sourcesOf(files: Files): Source[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: [...text.matchAll(/(?:from|import|import\(|require\()\s*'(\.[^']*)'/g)].map(([, target]) =>
      resolved(posix.join(dirname(path), String(target)), files),
    ),
  }));
}

function resolved(path: string, files: Files): string {
  return [`${path}.ts`, `${path}/index.ts`].find((candidate) => candidate in files) ?? path;
}
