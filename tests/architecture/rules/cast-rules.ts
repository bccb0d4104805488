import { basename, dirname } from 'node:path';
import { roomOf } from '../floors';
import type { Rule } from '../sources';

const ROUTES = /\.(routes|endpoints)\.ts$/;

/** What the declaration of an endpoint may name; everything else is called by the service. */
const DECLARED = /(\.(routes|endpoints|service|schemas|resource|policy)|-schema|\/problems|\/index)\.ts$/;

/** Reports each folder with routes and no service. */
export const routesHaveAService: Rule = (sources) => {
  const served = new Set(sources.filter(({ path }) => path.endsWith('.service.ts')).map(({ path }) => dirname(path)));
  return sources
    .filter(({ path }) => path.endsWith('.routes.ts') && path.startsWith('src/') && !served.has(dirname(path)))
    .map(({ path }) => `${path} has no service beside it`);
};

/** Reports each import of routes from a model, a query, a statement or a story, of their own part or another with routes. */
export const routesCallServices: Rule = (sources) => {
  const rooms = new Set(sources.filter(({ path }) => ROUTES.test(path)).map(({ path }) => roomOf(path)));
  const isInside = (path: string) => rooms.has(roomOf(path)) && path.startsWith('src/');
  return sources
    .filter(({ path }) => ROUTES.test(path) && isInside(path))
    .flatMap(({ path, imports }) => imports.filter((to) => isInside(to) && !DECLARED.test(to)).map((to) => `${path} imports ${to}`));
};

/** Reports each test that stands where no part of the project does; it may be one folder below its part. */
export const testsMirrorTheTree: Rule = (sources) => {
  const folders = new Set(sources.flatMap(({ path }) => above(path)));
  const mirrors = (folder: string) => folders.has(`src/${folder}`) || (!folder.includes('/') && TESTED_AS_ONE.includes(folder));
  return sources
    .filter(({ path }) => path.startsWith('tests/') && path.endsWith('.test.ts'))
    .filter(({ path }) => {
      const folder = dirname(path).slice('tests/'.length);
      return !mirrors(folder) && !mirrors(dirname(folder));
    })
    .map(({ path }) => `${basename(path)} is in ${dirname(path)}, which mirrors no folder`);
};

/** The folders outside `src`, and the rules of this one. */
const TESTED_AS_ONE = ['config', 'migrations', 'seeders', 'scripts', 'bench', 'architecture'];

function above(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [folder, ...above(folder)];
}
