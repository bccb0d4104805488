import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json, the migrations, the seeders and `.sequelizerc`: the same for the sources and for what is built. */
export const PROJECT_FOLDER = folderWithPackage(__dirname);

/** The version of Storekeeper. */
export const { version: VERSION } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as { version: string };

function folderWithPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderWithPackage(dirname(folder));
}
