import type { Sequelize } from 'sequelize';

const wakersOf = new WeakMap<Sequelize, Map<string, () => void>>();

/** Sets what makes this process look for jobs of a queue at once. */
export function onWake(sequelize: Sequelize, queue: string, wake: () => void): void {
  const wakers = wakersOf.get(sequelize) ?? new Map<string, () => void>();
  wakersOf.set(sequelize, wakers.set(queue, wake));
}

/** Makes this process look for jobs of a queue at once, where it works; other processes find them when they poll. */
export function wakeWorkers(sequelize: Sequelize, queue: string): void {
  wakersOf.get(sequelize)?.get(queue)?.();
}

/** Removes what `onWake` has set. */
export function forgetWakers(sequelize: Sequelize): void {
  wakersOf.delete(sequelize);
}
