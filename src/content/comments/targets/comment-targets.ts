import { users } from '../../../accounts';
import { products } from '../../../catalogue';
import type { Resource } from '../../../resource/definition/resource';
import { posts } from '../../posts/post.resource';

/** What comments may be about. */
export interface CommentTarget {
  readonly type: string;
  /** The name of the association of the model. */
  readonly association: string;
  /** The generated column with the id. */
  readonly column: string;
  readonly resource: () => Resource;
}

/** Every type of target, in the order in which their tables are locked. */
export const COMMENT_TARGETS: readonly CommentTarget[] = [
  { type: 'Post', association: 'post', column: 'on_post_id', resource: () => posts },
  { type: 'Product', association: 'product', column: 'on_product_id', resource: () => products },
  { type: 'User', association: 'user', column: 'on_user_id', resource: () => users },
];
