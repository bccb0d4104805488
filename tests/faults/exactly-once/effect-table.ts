import type { Cut } from '../../support/protocol-proxy';
import type { Result } from './trial';

export const FAULTS = ['connection cut', 'process killed', 'PostgreSQL killed'] as const;

/** What happens at a message. */
export type Fault = (typeof FAULTS)[number];

/** Where it happens. */
export interface Step extends Pick<Cut, 'side' | 'message'> {
  readonly fault: Fault;
  readonly kind: string;
}

/** The table of an exactly-once run: for each step how many trials there were, their first answers and their effects. */
export class EffectTable {
  readonly #rows = new Map<string, Result[]>();

  add({ fault, kind, side, message }: Step, result: Result): void {
    const step = `${fault} | ${kind} | ${side} ${String(message).padStart(2)}`;
    this.#rows.set(step, [...(this.#rows.get(step) ?? []), result]);
  }

  /** How many writes did not take effect exactly once, or were answered by other bytes. */
  get breaches(): number {
    return [...this.#rows.values()].flat().filter(({ effects, isSame }) => effects !== 1 || !isSame).length;
  }

  /** Returns the table as text. */
  text(): string {
    const lines = [...this.#rows].map(([step, results]) => {
      const effects = tally(results.map((result) => String(result.effects)));
      const same = results.filter(({ isSame }) => isSame).length;
      return `${step} | ${results.length} | ${effects} | ${same} of ${results.length} | ${tally(results.map(({ first }) => first))}`;
    });
    const all = [...this.#rows.values()].flat();
    return [
      'fault | write | message | trials | effects (times) | same bytes | first answer (times)',
      ...lines,
      `${all.length} trials, effects: ${tally(all.map(({ effects }) => String(effects)))}, breaches: ${this.breaches}`,
      '',
    ].join('\n');
  }
}

function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} (${count})`).join(', ');
}
