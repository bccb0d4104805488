import { defineResource } from '../../resource/definition/resource';
import { User } from '../users/user.model';
import { authorFields } from './author.schemas';

/** What everybody sees of a user who wrote something; nothing of a deleted one. */
export const authors = defineResource({
  name: 'authors',
  one: 'author',
  prefix: '/v1/users',
  tag: 'Users',
  description: 'Who wrote something, as everybody sees them.',
  model: () => User,
  fields: authorFields,
  expressions: { name: shownName },
  defaultSort: 'id',
  verbs: [],
});

/* The name that they chose to be shown, or else the username; never the email or the names of the account. */
function shownName(_ctx: unknown, alias: string): string {
  return `coalesce((SELECT p.display_name FROM profiles p WHERE p.user_id = ${alias}.id), ${alias}.username)`;
}
