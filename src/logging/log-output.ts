import Transport from 'winston-transport';

const MAX_WAITING = 64 * 1024;
const LINE = Symbol.for('message');

/**
 * Hands the log lines of one turn of the event loop on together: each write to a file or a pipe holds the process up, and a busy
 * server writes a line a request. What waits is written when the process ends.
 */
export class LogOutput extends Transport {
  #waiting = '';

  constructor(readonly output: Pick<NodeJS.WritableStream, 'write'>) {
    super();
    process.once('exit', () => this.#flush());
  }

  override log(info: Readonly<Record<symbol, unknown>>, done: () => void): void {
    if (this.#waiting === '') setImmediate(() => this.#flush());
    this.#waiting += `${String(info[LINE])}\n`;
    if (this.#waiting.length > MAX_WAITING) this.#flush();
    done();
  }

  #flush(): void {
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') this.output.write(text);
  }
}
