import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sequelize } from 'sequelize';
import { PROJECT_FOLDER } from '../../../config/project';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { type SentMigration, sendAll } from '../support/sent';

/** Runs all migrations on an empty database of its own, and has squawk read what each really sent; ends with squawk's own code. */
async function lint(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-lint-'));
  const server = await startEmbeddedServer({ dataDir: join(folder, 'data'), fast: true, log: () => undefined });
  try {
    const sequelize = new Sequelize(server.url, { dialect: 'postgres', logging: false });
    const files = (await sendAll(sequelize)).map((sent) => write(folder, sent));
    await sequelize.close();
    const squawk = join(PROJECT_FOLDER, 'node_modules', '.bin', 'squawk');
    return spawnSync(squawk, ['--config', join(__dirname, 'squawk.toml'), ...files], { cwd: folder, stdio: 'inherit' }).status ?? 1;
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/*
 * A way down removes what its way up made, and may hold up the shop while it checks an earlier rule: that is what it is for, and an
 * operator decides to run it.
 */
const DOWN_HEADER = '-- squawk-ignore-file ban-drop-table, ban-drop-column, constraint-missing-not-valid, adding-not-nullable-field\n';

function write(folder: string, { name, way, statements }: SentMigration): string {
  const file = `${name.replace(/\.ts$/, '')}.${way}.sql`;
  const header = way === 'down' ? DOWN_HEADER : '';
  writeFileSync(join(folder, file), `${header}${statements.map((statement) => statement.trim().replace(/;?$/, ';')).join('\n')}\n`);
  return file;
}

lint().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
