import type { TxContext } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { sealSecret } from '../../encryption/sealed-secret';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { invalidBody } from '../../problems/common-problems';
import type { Violation } from '../../problems/problem';
import type { Values } from '../../resource/definition/resource';
import type { LockedWrite, PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { knownPatterns } from '../feed/event-patterns';
import { lockCursors, openCursors, resumeDeliveries } from '../feed/open-cursors';
import { checkUrl } from '../network/webhook-url';
import { newSecret } from '../signing/sign';

const BY_HAND = 'Paused by hand.';

/** Returns the write hooks of webhooks: what URL and event types may be, a secret and a cursor for each, pause and resume. */
export function webhookHooks(catalogue: EventCatalogue): WriteHooks {
  return {
    beforeCreate: (tx, writes) => {
      for (const write of writes) {
        const secret = write.values.secret ?? sealSecret(tx.env, newSecret(), write.id);
        write.check(() => {
          write.values = { ...checked(tx, catalogue, write.values), secret, ...pauseOf(write.values.status) };
        });
      }
    },
    beforeChange: (tx, writes) => {
      for (const write of writes) {
        write.check(() => {
          write.values = { ...checked(tx, catalogue, write.values), ...(isNewStatus(write) && pauseOf(write.values.status)) };
        });
      }
    },
    beforeDelete: (tx, writes) => lockCursors(tx, idsOf(writes)),
    afterWrite: async (tx, writes) => {
      const created = writes.filter(({ operation }) => operation === 'create');
      if (created.length > 0) await openCursors(tx, catalogue, idsOf(created));
      const resumed = writes.filter(
        ({ operation, values }) => operation === 'update' && values.status === 'active' && 'pausedAt' in values,
      );
      if (resumed.length > 0) await resumeDeliveries(tx, idsOf(resumed));
    },
  };
}

function isNewStatus({ row, values }: LockedWrite): boolean {
  return values.status !== undefined && values.status !== row.get('status');
}

function idsOf(writes: readonly PendingWrite[]): string[] {
  return writes.map(({ id }) => id);
}

/* The URL is stored as it is used: the name in ASCII, the path percent-encoded. */
function checked(tx: TxContext, catalogue: EventCatalogue, values: Values): Values {
  const url = values.url === undefined ? undefined : checkUrl(String(values.url), tx.env);
  const errors = [...(url && 'fault' in url ? [violation('url', 'not_allowed', url.fault)] : []), ...unknownTypes(catalogue, values)];
  if (errors.length > 0) throw invalidBody.because(errors.map(({ message }) => message).join('; '), { errors });
  return url && 'url' in url ? { ...values, url: url.url.href } : values;
}

function unknownTypes(catalogue: EventCatalogue, { eventTypes }: Values): Violation[] {
  const patterns = (eventTypes ?? []) as readonly string[];
  const known = knownPatterns(catalogue, patterns);
  const index = patterns.findIndex((pattern) => !known.includes(pattern));
  if (index === -1) return [];
  const types = catalogue.types.map(({ type }) => type).join(', ');
  return [violation(`eventTypes/${index}`, 'unknown_type', `names no event; there are: ${types}, all of a resource as orders.*, and *`)];
}

function violation(name: string, code: string, fault: string): Violation {
  return { pointer: `/${name}`, code, message: `${name} ${fault}` };
}

function pauseOf(status: unknown): Values {
  return status === 'paused' ? { pausedReason: BY_HAND, pausedAt: databaseTime() } : { pausedReason: null, pausedAt: null };
}
