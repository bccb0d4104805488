import DataLoader from 'dataloader';
import type { Sequelize } from 'sequelize';
import { queryTogether } from '../../database/batching/shared-connections';
import type { CompiledRead, ReadRow } from './read-statement';

/** What a client asks for: the object of a key, unless it holds the one with this tag. */
export interface Asked {
  readonly key: string;
  readonly tag: string | null;
}

/** The most that are read by one statement; PostgreSQL begins with them while the next ones gather. */
const MOST_TOGETHER = 16;

/** Some that are asked for by the same statement and did not go out yet. */
interface Gathering {
  readonly loader: DataLoader<Asked, ReadRow | null>;
  size: number;
  goOut: () => void;
}

/** By statement, and then by its own values. */
type Gatherings = Map<string, Map<string, Gathering>>;
const bySequelize = new WeakMap<Sequelize, Gatherings>();

/**
 * Reads one object by the statement, together with others that are asked for by the same one in the same turn of the event loop: what a
 * message costs on both sides is shared (docs/adr/0008). Answers null where it is not there for the actor.
 */
export function gatheredRead(sequelize: Sequelize, read: CompiledRead, asked: Asked): Promise<ReadRow | null> {
  const gathering = gatheringOf(sequelize, read);
  gathering.size += 1;
  const answer = gathering.loader.load(asked);
  if (gathering.size === MOST_TOGETHER) gathering.goOut();
  return answer;
}

function gatheringOf(sequelize: Sequelize, read: CompiledRead): Gathering {
  const gatherings: Gatherings = bySequelize.get(sequelize) ?? new Map();
  bySequelize.set(sequelize, gatherings);
  const alike = gatherings.get(read.text) ?? new Map<string, Gathering>();
  gatherings.set(read.text, alike);
  const whose = JSON.stringify(read.values);
  const open = alike.get(whose);
  if (open) return open;
  const gathering = newGathering(sequelize, read, () => {
    alike.delete(whose);
    if (alike.size === 0) gatherings.delete(read.text);
  });
  alike.set(whose, gathering);
  return gathering;
}

/* It goes out at the end of the turn, or before, when it is full; it is forgotten then, with the values of a user's own statement. */
function newGathering(sequelize: Sequelize, read: CompiledRead, forget: () => void): Gathering {
  const ask = async (asked: readonly Asked[]) => {
    forget();
    const { text, values } = statementOf(read, asked);
    return inOrder(asked, await queryTogether<ReadRow>(sequelize, { text, values }));
  };
  const batchScheduleFn = (goOut: () => void) => {
    const endOfTurn = setImmediate(goOut);
    gathering.goOut = () => {
      clearImmediate(endOfTurn);
      goOut();
    };
  };
  const gathering: Gathering = { loader: new DataLoader(ask, { cache: false, batchScheduleFn }), size: 0, goOut: () => undefined };
  return gathering;
}

/** The statement with what is asked of it. */
export function statementOf({ text, values }: CompiledRead, asked: readonly Asked[]) {
  return { text, values: [...values, asked.map(({ key }) => key), asked.map(({ tag }) => tag)] };
}

function inOrder(asked: readonly Asked[], rows: readonly ReadRow[]): (ReadRow | null)[] {
  const found: (ReadRow | null)[] = asked.map(() => null);
  for (const row of rows) found[row.place - 1] = row;
  return found;
}
