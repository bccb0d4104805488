import type { TxContext } from '../../../context/context';
import { parentDeleted } from '../../../problems/common-problems';
import { unknownReference } from '../../../resource/write/checks/refuse-dead-references';
import { lockVisible } from '../../../resource/write/lock-row';
import type { PendingWrite } from '../../../resource/write/pending-write';
import { COMMENT_TARGETS } from './comment-targets';

/**
 * Refuses comments on what does not exist, is deleted, or is hidden from the actor, all alike (`invalid_body`, 422; of a restoration
 * `parent_deleted`, 409); locks the targets of the others against deletion, by table and then by id. One statement per type.
 */
export async function refuseUnseenTargets(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  for (const { type, resource } of COMMENT_TARGETS) {
    const comments = writes.filter((write) => write.valueAfter('commentableType') === type);
    const seen = await lockVisible(
      tx,
      resource(),
      comments.map((write) => String(write.valueAfter('commentableId'))),
    );
    for (const comment of comments) {
      if (seen.has(String(comment.valueAfter('commentableId')))) continue;
      comment.refuse(
        comment.operation === 'restore'
          ? parentDeleted.because(`The ${resource().one} that it is about is deleted or hidden.`)
          : unknownReference('commentableId'),
      );
    }
  }
}
