import { closePool, connect } from '../../../src/database/connection/connection';
import { startWorker } from '../../../src/jobs';
import { createLogger } from '../../../src/logging/logger';
import { runProcess } from '../../../src/startup/run-process';
import { faultQueues } from './fault-queues';

runProcess('The worker', 'jobs', async ({ given, shutdown, state, print }) => {
  const sequelize = connect(given);
  shutdown.add((withinMs) => closePool(sequelize, withinMs));
  const worker = startWorker({ env: given, log: createLogger(given), sequelize }, faultQueues);
  shutdown.add((withinMs) => worker.stop(withinMs));
  await worker.started;
  state.isOpen = true;
  print('runs jobs');
});
