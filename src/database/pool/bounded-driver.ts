import pg, { type Client, type ClientConfig } from 'pg';

/** Keep-alive starts after this; ten unanswered probes, a second apart, end the connection. */
const KEEP_ALIVE_DELAY_MS = 10_000;
/** A goodbye that takes longer than this is cut short. */
const GOODBYE_MS = 1_000;

/** The connections of one pool, and what is known of them. */
export interface BoundedConnections {
  /** The driver for Sequelize. */
  readonly driver: object;
  /** Returns whether the pool may lend the connection again. */
  isReusable(connection: object): boolean;
  /** Closes every socket at once. */
  destroyAll(): void;
}

/**
 * Returns a driver whose connections cannot hang: a dead peer is noticed by keep-alive or by the query timeout, the connection is
 * destroyed with all that is in flight on it, and closing is bounded.
 */
export function boundedConnections({ pipeline }: { readonly pipeline: boolean }): BoundedConnections {
  const open = new Set<BoundedClient>();

  /* Sequelize has no option for a pipeline (https://node-postgres.com/features/pipelining) or the delay of keep-alive. */
  class BoundedClient extends pg.Client {
    isSuspect = false;
    declare readonly _ending: boolean;
    declare readonly _queryable: boolean;

    constructor(config?: ClientConfig) {
      super({ ...config, pipeline, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS });
      open.add(this);
      this.connection.once('end', () => {
        open.delete(this);
        // What made this one silent has probably silenced the idle ones, too: without this, each would cost a request its query timeout.
        if (isSilent(this) && !this.isSuspect) for (const client of open) client.isSuspect = true;
      });
    }

    override end(): Promise<void>;
    override end(callback: (error: Error) => void): void;
    override end(callback?: (error: Error) => void): Promise<void> {
      const limit = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MS).unref();
      this.connection.once('end', () => clearTimeout(limit));
      const ended = super.end();
      if (callback) ended.then(() => callback(undefined as unknown as Error), callback);
      return ended;
    }
  }

  return {
    driver: { ...pg, Client: BoundedClient },
    isReusable: (connection) => isHealthy(connection as BoundedClient),
    destroyAll: () => {
      for (const { connection } of open) connection.stream.destroy();
    },
  };
}

interface Health {
  readonly isSuspect: boolean;
  readonly _ending: boolean;
  readonly _queryable: boolean;
  /** Set by Sequelize. */
  readonly _invalid?: boolean;
}

function isHealthy({ isSuspect, _ending, _queryable, _invalid }: Health): boolean {
  return !isSuspect && !_ending && _queryable && _invalid !== true;
}

/* This side closed it without a goodbye: a query or its goodbye timed out. A peer that closes or resets ends the stream, or fails it. */
function isSilent({ connection: { stream } }: Pick<Client, 'connection'>): boolean {
  return !stream.readableEnded && stream.errored === null;
}
