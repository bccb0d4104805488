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
  beforeCreate: (tx, writes) => {
    for (const write of writes) {
      const { values, id } = write;
      const secret = values.secret ?? sealSecret(tx.env, newSecret(), id);
      write.check(() => {
        write.values = { ...values, secret, ...urlOf(tx, values), ...pauseOf(values.status) };
      });
    }
  },
  beforeChange: (tx, writes) => {
    for (const write of writes) {
      const { values, row } = write;
      const isNewStatus = values.status !== undefined && values.status !== row.get('status');
      write.check(() => {
        write.values = { ...values, ...urlOf(tx, values), ...(isNewStatus && pauseOf(values.status)) };
      });
    }
  },
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
