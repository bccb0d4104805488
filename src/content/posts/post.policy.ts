import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';

/** Returns the conditions of the posts that an actor sees: all for staff who read or write them, else those that are public by now. */
export function visiblePosts({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (holds(actor, 'posts:read') || holds(actor, 'posts:write')) return [];
  return [(t) => `${column(t, 'status')} = 'published'`, (t) => `${column(t, 'published_at')} <= now()`];
}
