import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const [port, journal = '', ...secrets] = process.argv.slice(2);

/* A third is refused: half of these before it is written down, the others after, so that they come again. */
const REFUSED = 1 / 6;

/** A receiver that verifies what it gets, writes it down before it answers, and fails a third of the time. */
createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const hook = Number(req.url?.slice(1));
  const dice = Math.random();
  if (dice < REFUSED) return void res.writeHead(503).end();
  const line = {
    hook,
    id: req.headers['webhook-id'],
    isVerified: isVerified(secrets[hook] ?? '', body, req.headers),
    event: JSON.parse(body),
  };
  appendFileSync(journal, `${JSON.stringify(line)}\n`);
  if (dice < 2 * REFUSED) return void (dice < 1.5 * REFUSED ? res.writeHead(500).end() : req.socket.destroy());
  res.writeHead(204).end();
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('receives\n'));

function isVerified(secret: string, body: string, headers: NodeJS.Dict<string | string[]>): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
