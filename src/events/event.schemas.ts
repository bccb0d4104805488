import Joi from 'joi';
import { flag, integer, list, matching, named, nullable, object, opaqueText, optional, text, timestamp, uuid } from '../schema/schema';
import type { EventCatalogue } from './definition/event-catalogue';
import { MAX_CURSOR_LENGTH } from './feed/feed-cursor';

const MAX_INTEGER = 2_147_483_647;
const MAX_EVENTS = 1_000;
const DEFAULT_EVENTS = 100;
const MAX_TYPES = 50;

const CURSOR = { pattern: /^[\w-]{1,300}$/, rule: 'be the cursor of an earlier response, or latest' };
const TYPES = {
  pattern: /^([*]|[a-z-]{1,60}[.]([*]|[a-z_]{1,60}))(,([*]|[a-z-]{1,60}[.]([*]|[a-z_]{1,60}))){0,49}$/,
  rule: `be up to ${MAX_TYPES} types, comma-separated, such as orders.paid, or orders.* for all of a resource`,
};

const cursor = () => matching(opaqueText(1, MAX_CURSOR_LENGTH), CURSOR, MAX_CURSOR_LENGTH);

const types = optional(
  matching(opaqueText(1, 6_000), TYPES, 6_000)
    .description('Types of events, comma-separated: orders.paid, or orders.* for all of a resource; all that you may read if left out.')
    .example('orders.*'),
);

const after = (description: string) => optional(cursor().description(description).example('latest'));

/** The query parameters of a page of the feed. */
export const feedShape = {
  after: after('The nextCursor of an earlier response, or latest for the end of the feed; from the first change if left out.'),
  types,
  limit: optional(integer(1, MAX_EVENTS).description(`The most events; ${DEFAULT_EVENTS} by default.`).example(20)),
};

/** The query parameters of a stream of events. */
export const streamShape = { after: after('The nextCursor of a response, or latest for events from now on, as if left out.'), types };

/** The events of a page unless the client says otherwise. */
export const DEFAULT_FEED_LIMIT = DEFAULT_EVENTS;

/** Returns the schema of an event; it lists every type. */
function eventSchema(catalogue: EventCatalogue) {
  const all = catalogue.types;
  return named(
    'Event',
    object({
      id: text(38, 100).description('Unique, and the same in every reading.').example('01890a5d-ac96-774b-bcce-b302099a8057-paid'),
      type: Joi.string()
        .valid(...all.map(({ type }) => type))
        .description(all.map(({ type, rule }) => `${type}: ${rule.description}`).join(' '))
        .example('orders.paid'),
      occurredAt: timestamp().description('When the change was made.'),
      actor: text(1, 200)
        .description('Who made it: user:<id>, anonymous, system:<name> or, outside the API, db:<role>.')
        .example('user:01890a5d-ac96-774b-bcce-b302099a8057'),
      changeSetId: uuid().description('The unit of work; the same for all changes that were made together.'),
      object: object({
        type: text(1, 60).description('The resource.').example('orders'),
        id: uuid(),
        version: nullable(integer(1, MAX_INTEGER)).description('Its version after the change; null where the resource has none.'),
      }),
      changes: Joi.object()
        .pattern(Joi.string(), Joi.object({ from: Joi.any(), to: Joi.any() }))
        .meta({ additionalProperties: true })
        .required()
        .description('The changed fields, each from and to its value; personal fields are left out.')
        .example({ status: { from: 'pending', to: 'paid' } }),
    }),
  );
}

/** Returns the schema of a page of the feed. */
export function feedSchema(catalogue: EventCatalogue) {
  return named(
    'EventPage',
    object({
      data: list(eventSchema(catalogue), 0, MAX_EVENTS),
      pagination: object({
        limit: integer(1, MAX_EVENTS),
        hasNext: flag().description('Whether more can be read at once; a page may be empty all the same, if your types are rare.'),
        nextCursor: cursor()
          .example('kJ2dQ0b1n5Yw8x3sWyIwIiwiODQyIiwiMDE4OTBhNWQiXQ')
          .description('Where to go on, now or later; keep it with what you have processed.'),
      }),
      heldSince: nullable(timestamp())
        .description('Since when changes are held back, because a transaction that began before them has not ended; null where none are.')
        .example(null),
    }),
  );
}
