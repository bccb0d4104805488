import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, settingsTable } from './settings-docs';

const ROOT = join(__dirname, '..');
const page = join(ROOT, 'docs', 'settings.md');

writeFileSync(join(ROOT, '.env.example'), envExample());
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(
    /(<!-- settings -->\n)[\s\S]*(<!-- \/settings -->)/,
    (_, begin, end) => `${begin}${settingsTable()}\n${end}`,
  ),
);
