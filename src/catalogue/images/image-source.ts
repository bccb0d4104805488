import type { TxContext } from '../../context/context';
import { column } from '../../database/sql/binder';
import { invalidBody } from '../../problems/common-problems';
import type { ReadContext } from '../../resource/definition/resource';
import { lockLive, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import { setOneOf } from '../../resource/write/checks/set-one-of';
import type { PendingWrite } from '../../resource/write/pending-write';
import { Medium } from '../media/medium.model';
import { shownVariants as variantsOfMedium, withoutBase } from '../media/variants/shown-variants';
import { VARIANT_PATH } from '../media/variants/variant';

/** Returns the SQL of the URL that a client loads: its own, or that of the widest variant of its medium. */
export function shownUrl(ctx: ReadContext, alias: string): string {
  return `coalesce(${column(alias, 'url')}, (SELECT ${variantsOfMedium(ctx, 'm')} -> -1 ->> 'url' ${mediumOf(alias)}))`;
}

/** Returns the SQL of the variants of its medium; an empty array without one. */
export function shownVariants(ctx: ReadContext, alias: string): string {
  return `coalesce((SELECT ${variantsOfMedium(ctx, 'm')} ${mediumOf(alias)}), '[]'::jsonb)`;
}

function mediumOf(alias: string): string {
  return `FROM media m WHERE m.id = ${column(alias, 'media_id')}`;
}

/**
 * Completes writes of images, of which each has either a URL or a medium. Refuses, with `invalid_body` (422), an image with both or neither,
 * and an unknown medium.
 */
export async function setSource(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const media = await refuseUnknown(tx, Medium, writes, 'mediaId');
  const withPaths = writes.filter(({ values }) => VARIANT_PATH.pattern.test(withoutBase(tx, String(values.url))));
  const held = withPaths.map((write) => String(write.valueAfter('mediaId'))).filter((id) => id !== 'null' && !media.has(id));
  const known = new Map([...media, ...(await lockLive(tx, Medium, held))]);
  for (const write of withPaths) leaveOutPath(tx, write, known.get(String(write.valueAfter('mediaId'))));
  setOneOf(writes, ['url', 'mediaId']);
}

/* What a client has read it may send back: the path of the image's own medium says nothing new. */
function leaveOutPath(tx: TxContext, write: PendingWrite, medium: Medium | undefined): void {
  if (medium?.variants.some(({ url }) => url === withoutBase(tx, String(write.values.url)))) {
    write.values = { ...write.values, url: null };
    return;
  }
  const message = 'url is the path of an uploaded image; set mediaId to its id instead';
  write.refuse(invalidBody.because(message, { errors: [{ pointer: '/url', code: 'not_allowed', message }] }));
}
