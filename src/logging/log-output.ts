import Transport from 'winston-transport';

const MAX_WAITING = 64 * 1024;
const LINE = Symbol.for('message');

/**
 * Hands the log lines of one turn of the event loop on together: each write to a file or a pipe holds the process up, and a busy
 * server writes a line a request. What waits is written when the process ends.
 */
export class LogOutput extends Transport {
  static readonly #unwritten = new Set<LogOutput>();

  static {
    process.once('exit', () => {
      for (const output of LogOutput.#unwritten) output.#flush();
    });
  }

  #waiting = '';

  constructor(readonly output: Pick<NodeJS.WritableStream, 'write'>) {
    super();
  }

  override log(info: Readonly<Record<symbol, unknown>>, done: () => void): void {
    if (this.#waiting === '') this.#flushLater();
    this.#waiting += `${String(info[LINE])}\n`;
    if (this.#waiting.length > MAX_WAITING) this.#flush();
    done();
  }

  #flushLater(): void {
    LogOutput.#unwritten.add(this);
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    const text = this.#waiting;
    this.#waiting = '';
    LogOutput.#unwritten.delete(this);
    if (text !== '') this.output.write(text);
  }
}
