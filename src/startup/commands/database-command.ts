import { prepareQueues } from '../../jobs';
import { explainError } from '../../logging/explain-error';
import { SequelizeCliError } from '../../migrator/cli/sequelize-cli';
import { databaseCommand, type MakeFurther } from '../../migrator/database-command';
import { surviveClosedOutput } from '../../process/closed-output';
import { onStopSignal } from '../../process/stop-signals';
import { queues } from '../../queues';

const makeQueues: MakeFurther = (url, wait) => prepareQueues(url, queues, wait);

surviveClosedOutput();
const stop = new AbortController();
onStopSignal((signal) => stop.abort(new Error(`${signal}: stopped; the step that was running was rolled back.`)));
databaseCommand(process.argv.slice(2), stop.signal, makeQueues).catch((error: unknown) => {
  process.stderr.write(`${error instanceof SequelizeCliError ? error.summary : explainError(error)}\n`);
  process.exitCode = 1;
});
