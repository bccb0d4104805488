import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

const BUILT = join(PROJECT_FOLDER, 'dist', 'server.js');
const read = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');
const build = () => execFileSync(process.execPath, [join(PROJECT_FOLDER, 'scripts', 'build.cjs')]);

test('the image starts what npm start starts, built beforehand', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const image = read('Dockerfile');
  const command = JSON.parse(/^CMD (\[.+\])$/m.exec(image)?.[1] ?? '[]') as string[];
  const variable = /^ENV .*\b(MALLOC_\w+=\S+)$/m.exec(image)?.[1];
  expect(`node scripts/build.cjs && exec env ${variable} ${command.join(' ')}`).toBe(scripts.start);
  expect(image).toContain('RUN node scripts/build.cjs');
});

test('a build bundles the sources, and writes nothing where they are as they were', () => {
  build();
  const { mtimeMs, ino } = statSync(BUILT);
  expect(readFileSync(BUILT, 'utf8')).toContain('finishing the requests in flight');
  build();
  expect(statSync(BUILT)).toMatchObject({ mtimeMs, ino });
});
