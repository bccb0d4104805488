import { basename } from 'node:path';
import type { Rule, Source } from '../sources';

const ROLES = 'model|schemas|resource|routes|endpoints|service|policy|states|hooks|queries|statement|queue';
const SRC_NAME = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${ROLES}))?\\.ts$`);
const OTHER_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.(property|concurrency))?(\.(test|plans))?\.ts$/;
const MEANINGLESS = /^(utils?|helpers?|common|managers?|misc|shared)$/;

/** Reports each file that is not in kebab-case or has an unknown role, and each folder or file with a name that says nothing. */
export const namesSayWhatItIs: Rule = (sources) =>
  sources.flatMap(({ path }) => {
    const isNamed = (path.startsWith('src/') ? SRC_NAME : OTHER_NAME).test(basename(path));
    const meaningless = path.split(/[/.]/).filter((part) => MEANINGLESS.test(part));
    return [...(isNamed ? [] : [`${path} is no name in kebab-case with a role`]), ...meaningless.map((part) => `${path} says "${part}"`)];
  });

/** Reports each model without its class, each router without its name, and each file with one export that its name does not tell. */
export const filesAreNamedAfterWhatTheyExport: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, text }) => {
      const [stem = '', role] = basename(path, '.ts').split('.');
      const names = exportsOf({ text });
      if (role === 'model') return names.includes(pascal(stem)) ? [] : [`${path} exports no ${pascal(stem)}`];
      if (role === 'routes') return names.some((name) => isRouterOf(stem, name)) ? [] : [`${path} exports no router of ${stem}`];
      if (role !== undefined || names.length !== 1) return [];
      const isTold = stem.split('-').some((word) => names[0]?.toLowerCase().includes(word.slice(0, 4)));
      return isTold ? [] : [`${path} exports ${names[0]}`];
    });

function isRouterOf(stem: string, name: string): boolean {
  return name.toLowerCase() === `${stem.replaceAll('-', '')}router`;
}

function exportsOf({ text }: Pick<Source, 'text'>): string[] {
  return [...text.matchAll(/^export (?:async )?(?:abstract )?(?:function|class|const) (\w+)/gm)].map(([, name]) => String(name));
}

function pascal(stem: string): string {
  return stem.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
