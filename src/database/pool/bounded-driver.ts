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
      if (!pipeline) this.query = destroyingAtTimeout(this);
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

interface Health extends Pick<Client, 'connection'> {
  readonly isSuspect: boolean;
  readonly _ending: boolean;
  readonly _queryable: boolean;
  /** Set by Sequelize. */
  readonly _invalid?: boolean;
}

function isHealthy({ isSuspect, _ending, _queryable, _invalid, connection: { stream } }: Health): boolean {
  return !isSuspect && !_ending && _queryable && _invalid !== true && !stream.destroyed;
}

type Callback = (error: unknown, result: unknown) => void;

/*
 * With a pipeline the driver destroys a connection on which a query timed out. Without one it leaves it open, where each later query would
 * wait behind the silent one.
 */
function destroyingAtTimeout(client: Client): Client['query'] {
  const query = (...values: readonly unknown[]): unknown => Reflect.apply(pg.Client.prototype.query, client, values);
  const destroyAtTimeout = (error: unknown) => {
    if (error instanceof Error && error.message === 'Query read timeout') client.connection.stream.destroy();
  };
  const bounded = (...values: readonly unknown[]) => {
    const last = values.at(-1);
    if (typeof last !== 'function') {
      const answer = query(...values);
      if (answer instanceof Promise) answer.catch(destroyAtTimeout);
      return answer;
    }
    const callback: Callback = (error, result) => {
      destroyAtTimeout(error);
      (last as Callback)(error, result);
    };
    return query(...values.slice(0, -1), callback);
  };
  return bounded as Client['query'];
}

/* This side closed it without a goodbye: a query or its goodbye timed out. A peer that closes or resets ends the stream, or fails it. */
function isSilent({ connection: { stream } }: Pick<Client, 'connection'>): boolean {
  return !stream.readableEnded && stream.errored === null;
}
