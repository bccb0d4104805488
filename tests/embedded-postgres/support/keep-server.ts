import { startEmbeddedServer } from '../../../src/embedded-postgres';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs an embedded server on the folder of its argument until SIGTERM. */
async function keep(): Promise<void> {
  const server = await startEmbeddedServer({ dataDir: process.argv[2] ?? '', log: print, fast: true });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  print(`url ${server.url}`);
}

keep().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
