import type { Source } from './sources';

/** The floors of `src`, bottom to top, as `docs/architecture.md` has them. The domains are not listed: they stand between the last two. */
const KERNEL = [
  ['problems', 'context', 'schema', 'logging', 'process', 'encryption', 'mail'],
  ['database', 'embedded-postgres', 'migrator'],
  ['audit', 'dry-run', 'events', 'jobs', 'idempotency', 'http', 'openapi', 'storage', 'resource', 'imports', 'webhooks'],
];
const APP = ['startup', 'server.ts', 'worker.ts', 'app.ts', 'routes.ts', 'queues.ts', 'models.ts'];

/** The folders of `resource`, in the order of a request; the files beside them are above all of them. */
export const RESOURCE_STEPS = ['definition', 'query', 'read', 'list', 'write', 'bulk', 'transfer'];

/** Returns the folder of `src` that a path is in, or the file directly in `src`; nothing for other paths. */
export function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1];
}

/** Returns the domains: the folders of `src` that are on no other floor and have an index. */
export function domainsOf(sources: readonly Source[]): ReadonlySet<string> {
  const indexes = sources.flatMap(({ path }) => /^src\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? []);
  return new Set(indexes.filter((room) => ![...KERNEL, APP].flat().includes(room)));
}

/** Returns the number of a room's floor, 0 at the bottom; nothing for a room that is on none. */
export function floorOf(room: string, domains: ReadonlySet<string>): number | undefined {
  const floor = [...KERNEL, [...domains], APP].findIndex((rooms) => rooms.includes(room));
  return floor === -1 ? undefined : floor;
}
