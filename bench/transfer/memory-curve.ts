import { readFileSync } from 'node:fs';

/** The memory of a process over time. */
export class MemoryCurve {
  readonly #samples: number[] = [];
  readonly #timer: NodeJS.Timeout;

  /** Samples the resident memory of a process every half second (Linux). */
  constructor(pid: number) {
    this.#timer = setInterval(() => this.#samples.push(...residentMiB(pid)), 500).unref();
  }

  /** Stops, and returns twenty points of the curve and its highest, in MiB. */
  end(): { readonly points: readonly number[]; readonly highest: number } {
    clearInterval(this.#timer);
    const step = Math.max(1, Math.floor(this.#samples.length / 20));
    return { points: this.#samples.filter((_, at) => at % step === 0), highest: Math.max(...this.#samples) };
  }
}

/* Nothing once the process has ended. */
function residentMiB(pid: number): number[] {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? [] : [Math.round(Number(kilobytes) / 1_024)];
  } catch {
    return [];
  }
}
