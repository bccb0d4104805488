import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/** The failure of a sequelize-cli command; the message holds its output, the summary does not. */
export class SequelizeCliError extends Error {
  readonly summary: string;

  constructor(args: readonly string[], output: readonly string[]) {
    const summary = `sequelize-cli ${args.join(' ')} failed`;
    super(`${summary}:\n${output.join('\n')}`);
    this.summary = summary;
  }
}

/** Runs sequelize-cli on the database and passes on each line of its output; throws `SequelizeCliError` where it fails. */
export async function sequelizeCli(url: string, args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const program = join(dirname(require.resolve('sequelize-cli/package.json')), 'lib', 'sequelize');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, DATABASE_URL: url },
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
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (rest !== '') onText('\n');
  if (code !== 0) throw new SequelizeCliError(args, output);
}
