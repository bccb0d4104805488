import { plantedIn } from './planted-values';

/** Where a shop's log goes in tests: each line is searched for planted values. */
export class LogBook {
  readonly #breaches: string[] = [];

  write(lines: string): boolean {
    if (plantedIn(lines).length > 0) this.#breaches.push(...lines.split('\n').filter((line) => plantedIn(line).length > 0));
    return true;
  }

  /** Throws where a line had a personal or secret value. */
  requireClean(): void {
    if (this.#breaches.length > 0) throw new Error(`The log has personal or secret values:\n${this.#breaches.join('\n')}`);
  }
}
