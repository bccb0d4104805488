import { v7 } from 'uuid';
import type { TxContext } from '../context/context';
import { databaseTime } from '../database/database-time';
import { invalidBody } from '../problems/common-problems';
import type { Values } from '../resource/definition/resource';
import type { WriteHooks } from '../resource/write/write-hooks';
import { checkUrl } from './network/webhook-url';
import { sealSecret } from './signing/sealed-secret';
import { newSecret } from './signing/sign';

const BY_HAND = 'Paused by hand.';

/** The write hooks of webhooks: where the URL may lead, a secret for each, and what pausing and resuming set. */
export const webhookHooks: WriteHooks = {
  beforeCreate: (tx, values) => {
    const id = String(values.id ?? v7());
    const secret = values.secret ?? sealSecret(tx.env, newSecret(), id);
    return { ...values, id, secret, ...urlOf(tx, values), ...pauseOf(values.status) };
  },
  beforeChange: (tx, row, changes) => ({
    ...changes,
    ...urlOf(tx, changes),
    ...(changes.status !== undefined && changes.status !== row.get('status') && pauseOf(changes.status)),
  }),
};

/* Stored as it is used: the name in ASCII, the path percent-encoded. */
function urlOf(tx: TxContext, { url }: Values): Values {
  if (url === undefined) return {};
  const checked = checkUrl(String(url), tx.env);
  if ('url' in checked) return { url: checked.url.href };
  const message = `url ${checked.fault}`;
  throw invalidBody.because(message, { errors: [{ pointer: '/url', code: 'not_allowed', message }] });
}

function pauseOf(status: unknown): Values {
  if (status !== 'paused') return { pausedReason: null, pausedAt: null };
  return { pausedReason: BY_HAND, pausedAt: databaseTime() };
}
