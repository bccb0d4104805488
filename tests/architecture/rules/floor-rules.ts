import { domainsOf, floorOf, RESOURCE_STEPS, roomOf } from '../floors';
import type { Rule, Source } from '../sources';

/** Reports each folder of `src`, and each file directly in it, that is on no floor and is no domain. */
export const everyFolderIsOnAFloor: Rule = (sources) => {
  const domains = domainsOf(sources);
  const rooms = new Set(sources.flatMap(({ path }) => roomOf(path) ?? []));
  return [...rooms].filter((room) => floorOf(room, domains) === undefined).map((room) => `src/${room} is on no floor, and has no index.ts`);
};

/** Reports each import from a higher floor. */
export const noImportFromAHigherFloor: Rule = (sources) => {
  const domains = domainsOf(sources);
  const floor = (path: string) => floorOf(roomOf(path) ?? '', domains) ?? -1;
  return importsOf(sources)
    .filter(({ from, to }) => floor(from) < floor(to))
    .map(line);
};

/** Reports each import of a domain's inside from outside the domain. */
export const domainsAreEnteredByTheirIndex: Rule = (sources) => {
  const domains = domainsOf(sources);
  return importsOf(sources)
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && domains.has(roomOf(to) ?? '') && to !== `src/${roomOf(to)}/index.ts`)
    .map(line);
};

/** Reports each group of folders of `src` that import each other, directly or by way of others. */
export const noCircleBetweenFolders: Rule = (sources) => {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of importsOf(sources)) {
    const [a, b] = [roomOf(from) ?? '', roomOf(to) ?? ''];
    if (a !== b && !a.endsWith('.ts') && !b.endsWith('.ts')) next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const reached = new Map([...next.keys()].map((room) => [room, reachedFrom(room, next)]));
  const circleOf = (room: string) => [...(reached.get(room) ?? [])].filter((other) => reached.get(other)?.has(room)).sort();
  return [
    ...new Set(
      [...next.keys()]
        .map(circleOf)
        .filter(({ length }) => length > 0)
        .map((circle) => circle.join(', ')),
    ),
  ];
};

/** Reports each import in `resource` from a later step of a request, and each folder of it that is no step. */
export const resourceFollowsTheRequest: Rule = (sources) => {
  const step = (path: string) => /^src\/resource\/([^/]+)\//.exec(path)?.[1];
  const order = (path: string) => (step(path) === undefined ? RESOURCE_STEPS.length : RESOURCE_STEPS.indexOf(step(path) ?? ''));
  const unknown = new Set(sources.flatMap(({ path }) => step(path) ?? []).filter((name) => !RESOURCE_STEPS.includes(name)));
  const backwards = importsOf(sources).filter(
    ({ from, to }) => roomOf(from) === 'resource' && roomOf(to) === 'resource' && order(from) < order(to),
  );
  return [...[...unknown].map((name) => `src/resource/${name} is no step of a request`), ...backwards.map(line)];
};

/** Reports each import of `src` from the folders that stand on it. */
export const srcImportsNothingThatStandsOnIt: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) => imports.map((to) => ({ from: path, to })))
    .filter(({ to }) => !/^(src|config)\//.test(to))
    .map(line);

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(sources: readonly Source[]): Import[] {
  return sources
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, imports }) => imports.filter((to) => to.startsWith('src/')).map((to) => ({ from: path, to })));
}

function line({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function reachedFrom(room: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>();
  const pending = [...(next.get(room) ?? [])];
  for (let other = pending.pop(); other !== undefined; other = pending.pop()) {
    if (reached.has(other)) continue;
    reached.add(other);
    pending.push(...(next.get(other) ?? []));
  }
  return reached;
}
