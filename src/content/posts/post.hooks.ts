import type { TxContext } from '../../context/context';
import { actorId } from '../../context/permission';
import { invalidBody } from '../../problems/common-problems';
import type { PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { soonPublished } from './publish-posts.queue';

/**
 * The write hooks of posts: the actor is the author of a new one, a published one has a body, and a scheduled one becomes public in time. The
 * database sets publishedAt and isPublic.
 */
export const postHooks: WriteHooks = {
  beforeCreate: (tx: TxContext, writes) => {
    for (const write of writes) write.values = { ...write.values, authorId: actorId(tx.actor) };
    refuseEmptyPosts(writes);
  },
  beforeChange: (_tx, writes) => refuseEmptyPosts(writes),
  afterWrite: (tx, writes) =>
    soonPublished(
      tx,
      writes.map(({ id }) => id),
    ),
};

function refuseEmptyPosts(writes: readonly PendingWrite[]): void {
  for (const write of writes) {
    const { status = write.row?.get('status'), body = write.row?.get('body') } = write.values;
    if (status === 'published' && !body) write.refuse(WITHOUT_BODY);
  }
}

const message = 'body is required of a published post';
const WITHOUT_BODY = invalidBody.because('A published post has a body. Write it, or keep the post a draft.', {
  errors: [{ pointer: '/body', code: 'required', message }],
});
