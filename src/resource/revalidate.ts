import DataLoader from 'dataloader';
import type { Sequelize } from 'sequelize';
import { queryTogether } from '../database/together/shared-connections';
import type { Ctx } from '../http/context';
import type { CompiledRead } from './sql/compiled-read';

/** What a client holds: an object, in a version. */
interface Held {
  readonly id: string;
  readonly version: number;
}

/** The object as it is: `body` null where the client holds this version; null where it is not there for the actor. */
export type Revalidated = { readonly body: string | null; readonly version: number } | null;

/** The most that ask together; as many statements as connections is what they would be otherwise. */
const MOST_TOGETHER = 64;

type Loader = DataLoader<Held, Revalidated>;

/** Those that gather now, by statement, and then by its own values. */
type Gathering = Map<string, Map<string, Loader>>;
const gatherings = new WeakMap<Sequelize, Gathering>();

/**
 * Whether a client holds what is there, in one statement with those who ask the same in the same turn of the event loop: nearly
 * nothing but versions travels, so the message is what it costs. `read` is compiled for `each`.
 */
export function revalidate({ sequelize }: Pick<Ctx, 'sequelize'>, read: CompiledRead, held: Held): Promise<Revalidated> {
  const gathering: Gathering = gatherings.get(sequelize) ?? new Map();
  gatherings.set(sequelize, gathering);
  const alike = gathering.get(read.text) ?? new Map<string, Loader>();
  gathering.set(read.text, alike);
  const whose = JSON.stringify(read.values);
  const loader = alike.get(whose) ?? loaderOf(sequelize, read, () => alike.delete(whose));
  alike.set(whose, loader);
  return loader.load(held);
}

/* A loader is for one turn: what it holds of a user's own statement goes with it. */
function loaderOf(sequelize: Sequelize, read: CompiledRead, forget: () => void): Loader {
  const ask = (held: readonly Held[]) => {
    forget();
    return askTogether(sequelize, read, held);
  };
  return new DataLoader(ask, { cache: false, maxBatchSize: MOST_TOGETHER, batchScheduleFn: setImmediate });
}

async function askTogether(sequelize: Sequelize, { text, values }: CompiledRead, held: readonly Held[]): Promise<Revalidated[]> {
  const given = [held.map(({ id }) => id), held.map(({ version }) => version)];
  const [row] = await queryTogether<{ found: Revalidated[] }>(sequelize, { text, values: [...values, ...given] });
  return row?.found ?? [];
}
