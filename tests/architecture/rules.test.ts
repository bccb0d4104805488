import { plantedBreaches } from './planted-breaches';
import { projectFiles, sourcesOf } from './sources';

const files = projectFiles();
const sources = sourcesOf(files);

test('finds the sources and their imports', () => {
  expect(sources.length).toBeGreaterThan(400);
  expect(sources.find(({ path }) => path === 'src/routes.ts')?.imports).toContain('src/sales/index.ts');
});

describe.each(Object.entries(plantedBreaches))('%s', (_sentence, { rule, breaches }) => {
  const reported = rule(sources);

  test('holds', () => expect(reported).toEqual([]));

  test.each(Object.entries(breaches))('is broken by %s', (_what, [planted, expected]) => {
    const withPlanted = rule(sourcesOf({ ...files, ...planted }));
    expect(withPlanted.filter((breach) => !reported.includes(breach))).toEqual(expected);
  });
});
