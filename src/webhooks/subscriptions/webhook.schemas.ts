import { deletedAt, field, stamps } from '../../resource/definition/field';
import type { Format } from '../../schema/format';
import { defaulted, integer, list, named, object, opaqueText, text } from '../../schema/schema';
import { MAX_URL_LENGTH } from '../network/webhook-url';

const EVENT_TYPES: Format = {
  pattern: /^(\*|[a-z][a-z-]*\.(\*|[a-z][a-z_]*))$/,
  rule: 'be an event type such as orders.paid, a pattern such as orders.*, or *',
};

/** The fields of a webhook. Its secret is none of them: only its creation and its rotation show one. */
export const webhookFields = {
  id: field.id(),
  url: field.text({
    min: 8,
    max: MAX_URL_LENGTH,
    write: 'required',
    description: 'Where the events are sent: https, a public address, no user name or password.',
    example: 'https://shop.example/hooks',
  }),
  description: field.text({ max: 500, write: 'optional', default: '', description: 'What it is for.', example: 'The warehouse.' }),
  eventTypes: field.list(list(text(1, 100, EVENT_TYPES), 1, 100), {
    write: 'required',
    description: 'The types of the events that are sent: orders.paid, orders.* or *.',
    example: ['orders.*'],
  }),
  status: field.oneOf(['active', 'paused'], {
    write: 'optional',
    default: 'active',
    filter: true,
    description: 'A paused webhook sends nothing; set to active again, it goes on where it stood.',
  }),
  pausedReason: field.text({ max: 500, nullable: true, description: 'Why it is paused.' }),
  pausedAt: field.timestamp({ nullable: true, description: 'When it was paused.' }),
  overlapEndsAt: field.timestamp({ nullable: true, description: 'Until when the previous secret signs, too, after a rotation.' }),
  ...stamps,
  deletedAt,
} as const;

/** The member with the secret, in the two responses that show it. */
export const secretShape = {
  secret: opaqueText(8, 100)
    .required()
    .description('The secret that verifies signatures (Standard Webhooks). No other response shows it: keep it.')
    .example('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'),
};

const OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 720;

/** The body of a rotation. */
export const rotationSchema = defaulted(
  named(
    'SecretRotation',
    object({
      overlapHours: defaulted(
        integer(0, MAX_OVERLAP_HOURS).description('How long the previous secret signs beside the new one, in hours.'),
        OVERLAP_HOURS,
      ),
    }),
  ),
  { overlapHours: OVERLAP_HOURS },
);
