import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

const BUNDLE = join(PROJECT_FOLDER, 'dist', 'server.js');
const FLAGS = '--heap-growing-percent=50 --max-semi-space-size=8 --no-allocation-site-pretenuring';
const read = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');
const script = (name: string, env: NodeJS.ProcessEnv = {}) =>
  execFileSync(process.execPath, [join(PROJECT_FOLDER, 'scripts', name)], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });

test('the image starts the same server as npm start, with a bundle built beforehand', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const image = read('Dockerfile');
  const [, , command = ''] = JSON.parse(/^CMD (\[.+\])$/m.exec(image)?.[1] ?? '[]') as string[];
  const variables = /^ENV .*\b(MALLOC_\w+=\S+ UV_\w+=\S+)$/m.exec(image)?.[1];
  expect(scripts.start).toBe(command.replace('v8-flags.cjs', 'start.cjs').replace('exec node', `exec env ${variables} node`));
  expect(image).toContain('RUN node scripts/build.cjs');
});

test('the image contains every folder that a start reads', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (\w+) \.\/\1$/gm)].map(([, folder]) => folder);
  expect(copied.toSorted()).toEqual(['config', 'migrations', 'scripts', 'seeders', 'src']);
  for (const folder of copied) expect(read('.dockerignore')).toContain(`!${folder}\n`);
});

test('a build bundles the sources, and leaves an unchanged bundle untouched', () => {
  expect(script('start.cjs')).toBe(FLAGS);
  const { mtimeMs, ino } = statSync(BUNDLE);
  expect(readFileSync(BUNDLE, 'utf8')).toContain('interrupting the start');
  script('build.cjs');
  expect(statSync(BUNDLE)).toMatchObject({ mtimeMs, ino });
});

test('a start leaves out the flags that Node does not know, and every flag with V8_FLAGS=off', () => {
  const knownFlags = (options: string) =>
    execFileSync(
      process.execPath,
      ['-p', `require('./scripts/v8-flags.cjs').knownFlags(${JSON.stringify(options)}, ${JSON.stringify(FLAGS.split(' '))}).join(' ')`],
      { encoding: 'utf8', cwd: PROJECT_FOLDER },
    ).trim();
  expect(knownFlags('  --max-semi-space-size (max size)\n        type: size_t\n')).toBe('--max-semi-space-size=8');
  expect(knownFlags('  --allocation-site-pretenuring (pretenure)\n')).toBe('--no-allocation-site-pretenuring');
  expect(knownFlags('')).toBe('');
  expect(script('v8-flags.cjs', { V8_FLAGS: 'off' })).toBe('');
});
