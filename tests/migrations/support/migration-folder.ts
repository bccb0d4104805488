import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { PROJECT_FOLDER } from '../../../config/project';
import { databaseCommand, type ProjectProcess } from '../../startup/support/project-process';

const SUPPORT = join(PROJECT_FOLDER, 'migrations', 'support');

/** A folder with the migrations of one test. */
export class MigrationFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'storekeeper-migrations-'));

  constructor(private readonly databaseUrl: string) {}

  /** Writes a migration with these SQL texts as its up and its down. */
  writeSql(name: string, up: string, down: string): void {
    this.write(name, 'migration', `migration(${JSON.stringify(up)}, ${JSON.stringify(down)})`);
  }

  /** Writes a migration that builds an index concurrently. */
  writeIndex(name: string, index: object): void {
    this.write(name, 'concurrent-index', `concurrentIndex(${JSON.stringify(index)})`);
  }

  /** Starts `npm run db:migrate` on the folder. */
  start(): ProjectProcess {
    return databaseCommand({ DATABASE_URL: this.databaseUrl }, 'migrate', '--migrations-path', this.path);
  }

  /** Runs `npm run db:migrate` on the folder, and returns its exit code and output. */
  async migrate(): Promise<{ code: number | null; output: string }> {
    const command = this.start();
    const { code } = await command.ended;
    return { code, output: command.output };
  }

  async query<Row extends object>(sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Returns the folder's migrations that are recorded as done. */
  async done(): Promise<string[]> {
    const rows = await this.query<{ name: string }>(`SELECT name FROM "SequelizeMeta" WHERE name LIKE '2099%' ORDER BY name`);
    return rows.map(({ name }) => name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private write(name: string, file: string, value: string): void {
    const source = `const { migration, concurrentIndex } = require(${JSON.stringify(join(SUPPORT, file))});\nexport = ${value};\n`;
    writeFileSync(join(this.path, name), source);
  }
}
