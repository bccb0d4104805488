import pg, { type ClientConfig } from 'pg';

/*
 * Sequelize hands on no `pipeline` option, so the class of its connections has it.
 * https://node-postgres.com/features/pipelining
 */
class PipelinedClient extends pg.Client {
  constructor(config?: ClientConfig) {
    super({ ...config, pipeline: true });
  }
}

/** The driver, with connections that send a statement without waiting for the answer to the one before. */
export const pipelinedDriver = { ...pg, Client: PipelinedClient };
