import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, settingsTable } from './settings-docs';

const ROOT = join(__dirname, '..');
const readme = join(ROOT, 'README.md');

writeFileSync(join(ROOT, '.env.example'), envExample());
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(
    /(<!-- settings -->\n)[\s\S]*(<!-- \/settings -->)/,
    (_, begin, end) => `${begin}${settingsTable()}\n${end}`,
  ),
);
