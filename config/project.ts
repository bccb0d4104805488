import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, migrations, seeders and `.sequelizerc`, whether the sources or the bundle run. */
export const PROJECT_FOLDER = folderWithPackage(__dirname);

/** The version of Storekeeper. */
export const { version: VERSION } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as { version: string };

function folderWithPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderWithPackage(dirname(folder));
}
