import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isWrongToPinned } from './pinned';

const VERSION = '2.55.1';

/** One generated request, and how its response deviates from the document. */
export interface Scenario {
  /** Method and path, as in the document. */
  readonly operation: string;
  readonly title: string;
  /** The deviation; null where there is none. */
  readonly deviation: string | null;
}

/** Runs Specmatic on the document in `folder`, where it writes its reports, and logs the progress. */
export async function runSpecmatic(
  folder: string,
  shop: { readonly url: string; readonly token: string },
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly Scenario[]> {
  const settings = {
    SPECMATIC_GENERATIVE_TESTS: 'true',
    // A body with all members and one with the required ones, instead of all combinations.
    MAX_TEST_REQUEST_COMBINATIONS: '1',
    // Named like the security scheme of the document.
    bearer: shop.token,
  };
  const options = ['test', 'openapi.json', `--testBaseURL=${shop.url}`, '--junitReportDir=junit'];
  // A process group of its own, because npx starts Java through other processes.
  const child = spawn('npx', ['--yes', `specmatic@${VERSION}`, ...options], {
    cwd: folder,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = () => process.kill(-Number(child.pid), 'SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const last = follow(child.stdout, log);
  const errors = follow(child.stderr, log);
  const [code] = await once(child, 'close');
  signal.throwIfAborted();
  const report = join(folder, 'junit', 'TEST-junit-jupiter.xml');
  const scenarios = existsSync(report) ? readScenarios(readFileSync(report, 'utf8')) : [];
  // The exit code is 1 both for a failed scenario and for a failed start.
  if (scenarios.length === 0)
    throw new Error(`Specmatic ended with ${code} and ran nothing; it needs Java 17:\n${[...last, ...errors].join('\n')}`);
  return scenarios;
}

/* Its log is a megabyte of requests, so only their number is shown. */
function follow(output: NodeJS.ReadableStream, log: (line: string) => void): readonly string[] {
  const last: string[] = [];
  const count = { SUCCEEDED: 0, FAILED: 0 };
  createInterface({ input: output }).on('line', (line) => {
    if (last.push(line) > 20) last.shift();
    const result = /Scenario: .* has (SUCCEEDED|FAILED)$/.exec(line)?.[1] as keyof typeof count | undefined;
    if (!result) return;
    count[result] += 1;
    const sum = count.SUCCEEDED + count.FAILED;
    if (sum % 100 === 0) log(`${sum} scenarios, ${count.FAILED} deviate`);
  });
  return last;
}

function readScenarios(report: string): readonly Scenario[] {
  return [...report.matchAll(/<testcase [^>]*\bname="([^"]*)"[^>]*>\s*(?:<failure message="([^"]*)")?/g)].map(([, name = '', message]) => {
    const title = text(name).replace(/^.*?(?=[+-]ve )/, '');
    const operation = /Scenario: (\S+ \S+)/.exec(title)?.[1]?.replace(/\((\w+):\w+\)/g, '{$1}') ?? title;
    return { operation, title, deviation: message === undefined || isWrongToPinned(title) ? null : text(message) };
  });
}

function text(escaped: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return escaped.replace(/&(?:#(\d+)|(\w+));/g, (whole, code, name) =>
    code ? String.fromCodePoint(Number(code)) : (names[name] ?? whole),
  );
}
