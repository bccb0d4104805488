import { execFileSync } from 'node:child_process';
import { PROJECT_FOLDER } from '../../../config/project';
import { maxConnections } from '../../../src/http/server/connections/max-connections';

test('holds MAX_CONNECTIONS connections where the process may open enough files', () => {
  expect(maxConnections({ MAX_CONNECTIONS: 5, DB_POOL_MAX: 10 })).toBe(5);
});

test('leaves descriptors for the database where the process may open few files', () => {
  const script = `console.log(require('./src/http/server/connections/max-connections').maxConnections({ MAX_CONNECTIONS: 2000, DB_POOL_MAX: 10 }))`;
  const command = `ulimit -n 400 && exec "${process.execPath}" --require tsx/cjs -e "${script}"`;
  expect(Number(execFileSync('bash', ['-c', command], { cwd: PROJECT_FOLDER }))).toBe(290);
});
