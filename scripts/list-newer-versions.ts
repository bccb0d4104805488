import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gt, minVersion } from 'semver';
import { PROJECT_FOLDER } from '../config/project';
import { newestRelease, type Release } from './newest-release';

interface Newer {
  readonly name: string;
  readonly current: string;
  readonly newest: string;
  readonly newestForNode: string | undefined;
}

const PARALLEL = 4;
const PROGRESS_MS = 2_000;

/** `npm run deps:newer [-- <name>...]`: prints the direct dependencies that have a newer version, and the newest that our Node can run. */
async function listNewerVersions(names: readonly string[]): Promise<void> {
  const { dependencies, devDependencies, engines } = packageJson();
  const asked = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => names.length === 0 || names.includes(name));
  const nodeVersion = minVersion(engines.node)?.version ?? process.versions.node;
  const newer: Newer[] = [];
  const failed: string[] = [];
  let checked = 0;
  const progress = setInterval(() => process.stderr.write(`Checked ${checked} of ${asked.length} dependencies\n`), PROGRESS_MS);
  const queue = asked.values();
  const worker = async (): Promise<void> => {
    for (const [name, current] of queue) {
      const found = await newerThan(name, current, nodeVersion).catch(() => void failed.push(name));
      if (found) newer.push(found);
      checked += 1;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  clearInterval(progress);
  process.stdout.write(report(newer, checked - failed.length, nodeVersion));
  if (failed.length > 0) process.stderr.write(`npm view failed for ${failed.join(', ')}. Can npm reach the registry?\n`);
}

async function newerThan(name: string, current: string, nodeVersion: string): Promise<Newer | null> {
  const [latest] = await npmView(`${name}@latest`);
  if (latest === undefined || !gt(latest.version, current)) return null;
  const newestForNode =
    newestRelease(current, [latest], nodeVersion) ?? newestRelease(current, await npmView(`${name}@>${current}`), nodeVersion);
  return { name, current, newest: latest.version, newestForNode };
}

/* The name is asked for as well: npm prints a bare string for a single field. */
async function npmView(spec: string): Promise<Release[]> {
  const { stdout } = await promisify(execFile)('npm', ['view', spec, 'name', 'version', 'engines', '--json'], { cwd: PROJECT_FOLDER });
  return stdout.trim() === '' ? [] : [JSON.parse(stdout) as Release | Release[]].flat();
}

function packageJson() {
  return JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    engines: { node: string };
  };
}

function report(newer: readonly Newer[], checked: number, nodeVersion: string): string {
  if (newer.length === 0) return `No newer version: ${checked} direct dependencies checked.\n`;
  const header = ['dependency', 'current', 'newest', `newest for Node ${nodeVersion}`];
  const rows = newer
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, current, newest, newestForNode }) => [name, current, newest, newestForNode ?? '-']);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

void listNewerVersions(process.argv.slice(2));
