import type { Ctx } from '../../../../context/context';
import { actorId, holds } from '../../../../context/permission';
import { type Condition, equals } from '../../../../database/sql/binder';
import { integer, list, object, text } from '../../../../schema/schema';
import { field } from '../../../definition/field';
import { defineResource } from '../../../definition/resource';
import { Import } from './import.model';

/** The most errors that a report lists; the file of refused rows has all. */
export const MAX_ERRORS = 100;

/** The most ignored columns that a report names, and the most characters of each. */
export const MAX_IGNORED = 500;
export const MAX_SHOWN = 200;

const count = (description: string) => field.integer({ min: 0, max: Number.MAX_SAFE_INTEGER, description });

const error = object({
  line: integer(1, Number.MAX_SAFE_INTEGER).description('The line of the file on which the row begins; the first is 1.').example(7),
  field: text(0, 200).description('The column; empty where it is the whole row.').example('price'),
  code: text(1, 100).description('Stable and machine-readable.').example('wrong_format'),
  message: text(1, 2_000)
    .description('What is wrong.')
    .example('price must be an amount such as 19.90, with no more decimals than its currency has'),
});

/** Imports: their progress and their reports. */
export const imports = defineResource({
  name: 'imports',
  one: 'import',
  prefix: '/v1/imports',
  tag: 'Imports',
  description: 'The imports of files, while they run and afterwards. People see their own; staff with imports:read see all.',
  model: () => Import,
  fields: {
    id: field.id(),
    resource: field.text({ min: 1, max: 100, filter: 'exact', description: 'The resource that is imported.', example: 'products' }),
    format: field.oneOf(['csv', 'ndjson'], { description: 'The format of the file.' }),
    layout: field.text({ max: 100, nullable: true, description: 'The layout of the file, where it is that of another system.' }),
    ignoredColumns: field.list(list(text(0, MAX_SHOWN).example('Gift Card'), 0, MAX_IGNORED), {
      description:
        'The columns of the file that are not kept: those of another layout that have no place here, and those that `map` ignores.',
    }),
    status: field.oneOf(['uploading', 'running', 'done', 'failed'], {
      filter: true,
      description: 'An import that is done may have refused rows; one that failed stopped, and repeating it continues it.',
    }),
    fileBytes: count('The size of the file, decompressed; 0 while it arrives.'),
    readBytes: count('How much of the file is imported.'),
    created: count('The objects created.'),
    updated: count('The objects changed.'),
    unchanged: count('The rows that say what is so already.'),
    failed: count('The rows that were refused.'),
    deferred: count('The rows that wait for one behind them.'),
    errors: field.list(list(error, 0, MAX_ERRORS), { description: 'What was wrong, in the order of the file; the first ones.' }),
    moreErrors: count('How many errors are not listed.'),
    changeSetId: field.uuid({ filter: true, description: 'The change set of all that it wrote, in the audit log.' }),
    actorId: field.uuid({ nullable: true, filter: true, description: 'Who imported it.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'When it began.' }),
    updatedAt: field.timestamp({ description: 'When it last came further.' }),
    finishedAt: field.timestamp({ nullable: true, description: 'When it ended; null before.' }),
  },
  scope: visibleImports,
  access: { read: 'signed-in' },
  verbs: ['list', 'read'],
});

function visibleImports({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  return holds(actor, 'imports:read') ? [] : [equals('actor_id', actorId(actor), 'uuid')];
}
