import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FOLDER = join(__dirname, '..', 'functions');

/** Returns the SQL that creates the functions of these files of `migrations/functions/` and its folders, in order. */
export function createFunctions(files: readonly string[]): string {
  return files.map(read).join('\n');
}

/** Returns the SQL that drops them, the last one first. */
export function dropFunctions(files: readonly string[]): string {
  const names = files.flatMap((file) => [...new Set([...read(file).matchAll(/CREATE FUNCTION (\w+)/g)].map(([, name]) => String(name)))]);
  return names
    .reverse()
    .map((name) => `DROP FUNCTION ${name};`)
    .join('\n');
}

/** Returns the SQL that gives a function back the text that it has in an earlier file. */
export function formerFunction(file: string, name: string): string {
  const text = read(file);
  const start = new RegExp(`CREATE (?:OR REPLACE )?(?=FUNCTION ${name}\\()`).exec(text);
  const end = start ? text.indexOf('\n$$;', start.index) : -1;
  if (!start || end < 0) throw new Error(`${file}.sql has no function ${name}.`);
  return `CREATE OR REPLACE ${text.slice(start.index + start[0].length, end)}\n$$;`;
}

/* The names are unique, so that a file may move to another folder. */
function read(file: string): string {
  const path = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).find((found) => basename(found) === `${file}.sql`);
  if (path === undefined) throw new Error(`migrations/functions has no ${file}.sql.`);
  return readFileSync(join(FOLDER, path), 'utf8');
}
