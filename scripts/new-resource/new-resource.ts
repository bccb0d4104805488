import { resolve } from 'node:path';
import { Refusal } from './refusal';
import { type Written, writeResource } from './write-resource';

const USAGE = `npm run new:resource <domain>/<plural-name> [<column>:<type>[!][?] …]

  npm run new:resource catalogue/brands
  npm run new:resource catalogue/brands 'name:string(200)' 'slug:slug!' price:money 'founded:integer?' isActive:boolean

See docs/new-resource.md.`;

/** Writes what the command line asks for, and tells what it wrote. */
function main([place, ...columns]: readonly string[]): void {
  if (place === undefined) throw new Refusal(`Which resource?\n\n${USAGE}`);
  tell(writeResource(resolve(__dirname, '..', '..'), place, columns));
}

function tell({ plan: { names }, made, changed }: Written): void {
  const lines = [
    ...made.map((path) => `  wrote    ${path}`),
    ...changed.map((path) => `  changed  ${path}`),
    '',
    'Next:',
    `  1. Say in src/${names.domain}/${names.plural}/ what ${names.aWord} and each field is: "description" is what clients read.`,
    `  2. npx jest tests/${names.domain}/${names.plural}, then .ci/run: both pass as it stands.`,
    '  3. npm start, or npm run db:migrate, brings a shop its table.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
