import { authors } from '../../accounts';
import { defineResource } from '../../resource/definition/resource';
import { Comment } from './comment.model';
import { visibleComments } from './comment.policy';
import { commentFields } from './comment.schemas';
import { COMMENT_TARGETS } from './targets/comment-targets';

/** Comments on posts, products and users. */
export const comments = defineResource({
  name: 'comments',
  one: 'comment',
  prefix: '/v1/comments',
  tag: 'Comments',
  description: 'Comments on posts, products and users. Whoever may read what a comment is about may read it, and may comment, too.',
  model: () => Comment,
  fields: commentFields,
  includes: {
    target: { oneOf: Object.fromEntries(COMMENT_TARGETS.map(({ association, resource }) => [association, { resource }])) },
    author: { resource: () => authors, seenWithParent: true },
  },
  scope: visibleComments,
  access: { read: 'public', write: 'signed-in' },
  verbs: ['list', 'read', 'create', 'patch', 'delete', 'restore'],
  example: { commentableType: 'Post', commentableId: '01890a5d-ac96-774b-bcce-b302099a8057', content: 'It worked at once.' },
});
