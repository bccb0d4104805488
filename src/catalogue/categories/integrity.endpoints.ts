import { endpoint } from '../../http/endpoint';
import { ok } from '../../http/output/reply';
import { integer, object } from '../../schema/schema';
import { categoryService, readIntegrity, repairTree } from './category.service';
import { MOST_CATEGORIES, reportSchema } from './tree/integrity/integrity-schema';

/* It reads every category. */
const INTEGRITY_COST = 10;

/** The endpoints that check and mend the category tree. */
export const integrityEndpoints = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/integrity',
    operationId: 'readCategoryIntegrity',
    summary: 'Check the category tree',
    description: 'Finds every broken category. Triggers refuse what would break the tree, so only SQL that switches them off can.',
    access: 'categories:write',
    cost: () => INTEGRITY_COST,
    responses: { 200: { description: 'What is broken.', schema: reportSchema } },
    run: async (ctx) => ok(await readIntegrity(ctx)),
  }),
  endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/integrity/repair',
    operationId: 'repairCategoryTree',
    summary: 'Mend the category tree',
    description:
      'Mends what the check finds, as one change: a category without a place comes last below the nearest category that its path names, or on the top level; paths, levels and positions follow. A dry run shows each change beforehand.',
    access: 'categories:write',
    cost: () => INTEGRITY_COST,
    responses: {
      200: {
        description: 'What was broken, and how many categories changed.',
        schema: () => object({ changed: integer(0, MOST_CATEGORIES).required(), found: reportSchema().required() }),
      },
    },
    rows: () => categoryService.rowsOf(),
    run: async (tx) => ok(await repairTree(tx)),
  }),
];
