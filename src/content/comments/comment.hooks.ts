import { actorId } from '../../context/permission';
import { forbidden } from '../../problems/common-problems';
import { acceptedOf } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { refuseOthersComments } from './comment.policy';
import { refuseUnseenTargets } from './targets/refuse-unseen-targets';

/** The write hooks of comments: whoever may read the target may comment on it; its author changes a comment, staff delete it. */
export const commentHooks: WriteHooks = {
  lockedReferences: ['commentableId'],
  beforeCreate: async (tx, writes) => {
    const authorId = actorId(tx.actor);
    for (const write of writes) {
      if (authorId === null) write.refuse(forbidden.because('A comment has an author: sign in as the person who writes it.'));
      write.values = { ...write.values, authorId };
    }
    await refuseUnseenTargets(tx, acceptedOf(writes));
  },
  authorize: refuseOthersComments,
  beforeRestore: refuseUnseenTargets,
};
