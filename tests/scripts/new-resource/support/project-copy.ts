import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PROJECT_FOLDER } from '../../../../config/project';

/* What is installed, built or left by a run is no part of the project. */
const LEFT_OUT = ['node_modules', '.git', '.data', '.env', 'dist', 'coverage'];

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A copy of the project in a folder of its own, to write into and to run. */
export class ProjectCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'storekeeper-copy-'));

  constructor() {
    const isPart = (path: string) => !LEFT_OUT.includes(relative(PROJECT_FOLDER, path));
    cpSync(PROJECT_FOLDER, this.root, { recursive: true, filter: isPart });
    symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Runs Node with these arguments in the copy, to its end. */
  run(args: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...settings };
    const child = spawn(process.execPath, args, { cwd: this.root, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
    return new Promise((done) => child.once('close', (code) => done({ code, output })));
  }

  /** Runs the command of an installed package. */
  runTool(file: string, args: readonly string[], settings?: Readonly<Record<string, string>>): Promise<Outcome> {
    return this.run([join('node_modules', file), ...args], settings);
  }

  /** The text of every file that a resource is made of or joins, by path. */
  files(): ReadonlyMap<string, string> {
    const paths = ['src', 'migrations', 'tests'].flatMap((folder) =>
      readdirSync(join(this.root, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    return new Map([...paths, join(this.root, 'README.md')].map((path) => [relative(this.root, path), readFileSync(path, 'utf8')]));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
