import type { Resource } from '../../../definition/resource';
import type { ManagedResource } from '../../../write/write-hooks';
import { type ImportRow, keyOf } from '../../rows/import-row';
import { hasOwnReference } from '../../rows/import-rows';

/**
 * Writes the batches of one import, two at once on a connection each: PostgreSQL works on both while each commits behind the one before.
 * Batches that may concern the same rows, or whose resource locks the whole table first, wait for the one before instead.
 */
export class WriteAhead {
  readonly #resource: Resource;
  readonly #isSerial: boolean;
  #last: Promise<void> = Promise.resolve();
  #lastKeys: ReadonlySet<string> = new Set();

  constructor({ resource, hooks }: ManagedResource) {
    this.#resource = resource;
    this.#isSerial = hooks.lockFirst !== undefined || hasOwnReference(resource);
  }

  /**
   * Starts to write a batch, and resolves once the one before is committed; throws what that one threw. `work` awaits the promise that it
   * is given before it commits.
   */
  async write(rows: readonly ImportRow[], work: (before: Promise<void>) => Promise<void>): Promise<void> {
    const keys = new Set(rows.flatMap((row) => [keyOf(this.#resource, row), ...derivedNames(this.#resource, row)]));
    const before = this.#last;
    if (this.#isSerial || [...keys].some((key) => this.#lastKeys.has(key))) await before;
    this.#last = work(before);
    // Whoever waits for it sees its failure; until then nobody may.
    this.#last.catch(() => undefined);
    this.#lastKeys = keys;
    await before;
  }

  /** Resolves once every batch is committed; throws what the last one threw. */
  end(): Promise<void> {
    return this.#last;
  }
}

/* What slugs are derived from: of two batches that derive the same ones, one would wait for the other and be repeated. */
function derivedNames({ fields }: Resource, { given }: ImportRow): string[] {
  return Object.entries(fields).flatMap(([name, { derived }]) => {
    if (!derived || given.get(name) != null) return [];
    return [`${name} ${String(given.get(derived.from)).toLowerCase()}`];
  });
}
