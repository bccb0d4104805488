import { newestRelease } from '../../scripts/newest-release';

const release = (version: string, node?: string) => ({ version, ...(node !== undefined && { engines: { node } }) });

test('takes the newest version that runs on the Node that is asked for', () => {
  const releases = [release('1.2.0', '>=18'), release('2.0.0', '>=20.19'), release('3.0.0', '>=22'), release('1.9.0', '>=18')];
  expect(newestRelease('1.1.0', releases, '20.19.0')).toBe('2.0.0');
  expect(newestRelease('1.1.0', releases, '18.0.0')).toBe('1.9.0');
});

test('takes a version that names no Node for one that runs on every Node', () => {
  expect(newestRelease('1.0.0', [release('1.0.1')], '20.19.0')).toBe('1.0.1');
});

test('takes nothing where no version is newer, or none runs on that Node', () => {
  expect(newestRelease('2.0.0', [release('1.9.9'), release('2.0.0')], '20.19.0')).toBeUndefined();
  expect(newestRelease('2.0.0', [release('3.0.0', '^22 || >=24')], '20.19.0')).toBeUndefined();
});

test('offers a prerelease only where the current version is one', () => {
  const releases = [release('2.0.0-beta.2'), release('1.1.0')];
  expect(newestRelease('1.0.0', releases, '20.19.0')).toBe('1.1.0');
  expect(newestRelease('2.0.0-beta.1', releases, '20.19.0')).toBe('2.0.0-beta.2');
});
