import { flag, integer, list, named, nullable, object, text, timestamp, uuid } from '../../schema/schema';
import { MOST_ROWS } from './invariants.statement';

const invariantSchema = object({
  name: text(1, 64).example('stock-is-its-ledger'),
  sentence: text(1, 300).description('What is true.').example('The stock of a product is the sum of its movements.'),
  table: text(1, 63).description('The table of the broken rows.').example('products'),
  isRepairable: flag().description('Whether POST …/repair mends it.'),
  remedy: nullable(text(1, 500).description('What a person does where nothing mends it.').example('Correct the order.')),
  broken: integer(0, 2_147_483_647).description('How many rows break it.').example(0),
  rows: list(
    object({
      id: uuid(),
      expected: nullable(text(0, 1_000).example('12')),
      actual: nullable(text(0, 1_000).example('11')),
    }),
    0,
    MOST_ROWS,
  ).description(`The first ${MOST_ROWS} of them: what the rows that it is made of say, and what is there.`),
});

/** Returns the schema of a report. */
export const reportSchema = () =>
  named(
    'InvariantReport',
    object({ checkedAt: timestamp().description('The moment that all of it is of.'), invariants: list(invariantSchema, 0, 100) }),
  );

/** The schema of a repair. */
export const repairSchema = object({
  reason: text(1, 500).description('Why; it is kept in the ledger and the audit log.').example('Restored from a dump'),
});

/** Returns the schema of what a repair did. */
export const repairedSchema = () =>
  named('InvariantRepair', object({ invariant: text(1, 64).example('stock-is-its-ledger'), rowsMended: integer(0, 2_147_483_647) }));
