import type { Ctx } from '../../http/context';
import { holds } from '../../http/permission';
import { type Condition, equals } from '../../resource/sql/binder';

/** Active products are for everybody; the others for whoever works on the catalogue. */
export function shownProducts({ actor }: Ctx): readonly Condition[] {
  return holds(actor, 'products:read') ? [] : [equals('status', 'active', 'text')];
}
