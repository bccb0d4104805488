import { SLUG } from '../../../../resource/definition/field';
import { flag, integer, list, named, object, oneOf, text, uuid } from '../../../../schema/schema';

/** The kinds of rows that break the tree. */
export const BREAKS = ['cycle', 'orphan', 'deleted_parent', 'wrong_path', 'wrong_level', 'same_position'] as const;

export type BreakKind = (typeof BREAKS)[number];

/** The most broken rows of a kind that a report names. */
export const MOST_OF_A_KIND = 100;

/** More categories than a shop can have. */
export const MOST_CATEGORIES = 2_147_483_647;
const counts = Object.fromEntries(BREAKS.map((kind) => [kind, integer(0, MOST_CATEGORIES).required()]));

/** Returns the schema of a report. */
export const reportSchema = () =>
  named(
    'CategoryIntegrity',
    object({
      isClean: flag().required(),
      counts: object(counts).required(),
      breaks: list(
        object({
          kind: oneOf(...BREAKS).required(),
          id: uuid().required(),
          name: text(1, 120).example('Beverages').required(),
          slug: text(1, 140, SLUG).example('beverages').required(),
          detail: text(1, 200).example('Its parent is deleted.').required(),
        }),
        0,
        BREAKS.length * MOST_OF_A_KIND,
      )
        .description(`The broken categories, up to ${MOST_OF_A_KIND} of a kind.`)
        .required(),
    }),
  );
