import { authors } from '../../accounts';
import { becomes } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { Post } from './post.model';
import { visiblePosts } from './post.policy';
import { postFields } from './post.schemas';

/** Posts: what the shop tells its customers. */
export const posts = defineResource({
  name: 'posts',
  one: 'post',
  prefix: '/v1/posts',
  tag: 'Posts',
  description: 'What the shop tells its customers: news, guides, stories. Published posts are public.',
  model: () => Post,
  fields: postFields,
  includes: { author: { resource: () => authors, seenWithParent: true } },
  defaultSort: '-publishedAt',
  scope: visiblePosts,
  naturalKey: 'slug',
  keepsFormerSlugs: true,
  transfer: { key: 'slug' },
  access: { read: 'public' },
  events: {
    published: becomes('is_public', true, 'A post became public: it was published, or the time that it was scheduled for has come.'),
  },
  example: { title: 'How to brew chai', body: 'Boil the water first.', status: 'published' },
});
