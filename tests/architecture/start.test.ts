import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

const read = (file: string) => readFileSync(join(PROJECT_FOLDER, file), 'utf8');

test('the image starts what npm start starts', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const command = JSON.parse(/^CMD (\[.+\])$/m.exec(read('Dockerfile'))?.[1] ?? '[]') as string[];
  expect(['exec', ...command].join(' ')).toBe(scripts.start);
});
