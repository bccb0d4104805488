import { field } from '../../resource/definition/field';

/** The fields of an author. */
export const authorFields = {
  id: field.id(),
  name: field.text({ min: 1, max: 100, description: 'The display name of their profile, or else the username.', example: 'ana' }),
} as const;
