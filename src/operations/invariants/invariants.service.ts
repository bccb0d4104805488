import type { Invariant } from '../../audit/invariant';
import type { Ctx, TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { queryOne } from '../../database/sql/statement';
import { JsonText, ok, type Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { problemType } from '../../problems/problem';
import { checkInvariants } from './invariants.statement';
import { Repair } from './repair.model';

export const notRepairable = problemType('not_repairable', 409, 'Not repairable');

/** Checks and mends what the domains declare of their books. */
export class InvariantsService {
  constructor(readonly invariants: readonly Invariant[]) {}

  /** Returns the invariants as they are now, computed from the rows that they are made of, with each row that breaks one. */
  async check(ctx: Ctx): Promise<Reply> {
    const row = await queryOne<{ body: string }>(ctx, checkInvariants(this.invariants));
    if (!row) throw new Error('The check of the invariants returned no row.');
    return ok(new JsonText(row.body), { 'Cache-Control': 'no-store' });
  }

  /** Mends what breaks an invariant and returns how many rows it were; throws `not_found` (404), `not_repairable` (409). */
  async repair(tx: TxContext, name: string, reason: string): Promise<Reply> {
    const invariant = this.invariants.find((each) => each.name === name);
    if (!invariant) throw notFound.because('There is no invariant of this name; GET /v1/operations/invariants lists them.');
    const { repair } = invariant;
    if (repair !== 'counted again') throw notRepairable.because(`This takes a person. ${repair.byHand}`);
    const repaired = await Repair.create({ invariant: name, reason, createdBy: actorId(tx.actor) }, { transaction: tx.transaction });
    await repaired.reload({ transaction: tx.transaction });
    return ok({ invariant: name, rowsMended: repaired.rowsMended });
  }
}
