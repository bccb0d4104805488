import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { PROJECT_FOLDER } from '../../../config/project';
import type { MigrationLock } from '../lock/migration-lock';

/* Tells config/database.cjs that the parent holds the migration lock; its value is the name for the child's sessions. */
const LOCK_HOLDER = 'STOREKEEPER_MIGRATION_LOCK';

/** The failure of a sequelize-cli command; the message holds its output, the summary does not. */
export class SequelizeCliError extends Error {
  readonly summary: string;

  constructor(args: readonly string[], output: readonly string[]) {
    const summary = `sequelize-cli ${args.join(' ')} failed`;
    super(`${summary}:\n${output.join('\n')}`);
    this.summary = summary;
  }
}

/**
 * Runs sequelize-cli on the database and passes on each line of its output; throws `SequelizeCliError` where it fails. Under a lock, it
 * ends when the lock's signal is aborted, and throws the signal's reason; without one, it takes the lock by itself.
 */
export async function sequelizeCli(
  url: string,
  args: readonly string[],
  onLine: (line: string) => void,
  lock?: MigrationLock,
): Promise<void> {
  lock?.signal.throwIfAborted();
  const program = join(dirname(require.resolve('sequelize-cli/package.json')), 'lib', 'sequelize');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: PROJECT_FOLDER,
    // The owner's is the only one here: sequelize-cli creates, migrates and seeds.
    env: { ...process.env, DATABASE_URL: url, MIGRATION_DATABASE_URL: '', ...(lock && { [LOCK_HOLDER]: lock.name }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  let rest = '';
  const onText = (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.map((text) => text.trimEnd()).filter((text) => text !== '')) {
      output.push(line);
      onLine(line);
    }
  };
  child.stdout.setEncoding('utf8').on('data', onText);
  child.stderr.setEncoding('utf8').on('data', onText);
  const kill = () => child.kill('SIGKILL');
  lock?.signal.addEventListener('abort', kill, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  lock?.signal.removeEventListener('abort', kill);
  if (rest !== '') onText('\n');
  lock?.signal.throwIfAborted();
  if (code !== 0) throw new SequelizeCliError(args, output);
}
