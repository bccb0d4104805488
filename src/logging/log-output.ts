import Transport from 'winston-transport';

const MAX_BUFFERED_CHARACTERS = 64 * 1024;
const LINE = Symbol.for('message');

/**
 * Writes the log lines of one turn of the event loop together: a write to a file or a pipe blocks the process, and a busy server logs
 * a line per request. Buffered lines are also written when the process exits.
 */
export class LogOutput extends Transport {
  static readonly #unflushed = new Set<LogOutput>();

  static {
    process.once('exit', () => {
      for (const output of LogOutput.#unflushed) output.#flush();
    });
  }

  #buffer = '';

  constructor(readonly output: Pick<NodeJS.WritableStream, 'write'>) {
    super();
  }

  override log(info: Readonly<Record<symbol, unknown>>, done: () => void): void {
    if (this.#buffer === '') this.#flushLater();
    this.#buffer += `${String(info[LINE])}\n`;
    if (this.#buffer.length > MAX_BUFFERED_CHARACTERS) this.#flush();
    done();
  }

  #flushLater(): void {
    LogOutput.#unflushed.add(this);
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    const text = this.#buffer;
    this.#buffer = '';
    LogOutput.#unflushed.delete(this);
    if (text !== '') this.output.write(text);
  }
}
