import type { Model } from 'sequelize';
import { Problem } from '../../problems/problem';
import type { Values } from '../definition/resource';

export type WriteOperation = 'create' | 'update' | 'delete' | 'restore';

/**
 * The write of one object, alone or among many: hooks complete its values, and any check may refuse it. A refused write is left out of
 * what follows; whoever began it throws its problem or reports it.
 */
export class PendingWrite<Row extends Model | null = Model | null> {
  /** What is written: the values of a new object, or the changes of a locked one. */
  values: Values;
  #problem: Problem | null = null;

  constructor(
    readonly operation: WriteOperation,
    readonly id: string,
    /** The locked row; null for a new object. */
    readonly row: Row,
    /** The values as they came, before any hook. */
    readonly given: Values = {},
    /** The write of the object that this one is deleted or restored along with; null for one of its own. */
    readonly owner: LockedWrite | null = null,
  ) {
    this.values = given;
  }

  /** The first problem that refused it; null as long as it is accepted. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Returns the value that a field has after the write, as far as it is accepted; null for none. */
  valueAfter(field: string): unknown {
    return (field in this.values ? this.values[field] : this.row?.get(field)) ?? null;
  }

  /** Refuses the write; the first problem stands. */
  refuse(problem: Problem): void {
    this.#problem ??= problem;
  }

  /** Runs a check, and refuses the write where it throws a problem. */
  check(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refuse(error);
    }
  }
}

export type NewWrite = PendingWrite<null>;
export type LockedWrite = PendingWrite<Model>;

/** Returns the writes that nothing has refused. */
export function acceptedOf<W extends PendingWrite>(writes: readonly W[]): W[] {
  return writes.filter(({ problem }) => problem === null);
}

/** Throws the problem of a refused write. */
export function requireAccepted({ problem }: PendingWrite): void {
  if (problem) throw problem;
}

/** Runs a step with the writes that are still accepted; no step without any. */
export async function withAccepted<W extends PendingWrite>(
  writes: readonly W[],
  step: (accepted: readonly W[]) => Promise<void> | void,
): Promise<void> {
  const accepted = acceptedOf(writes);
  if (accepted.length > 0) await step(accepted);
}
