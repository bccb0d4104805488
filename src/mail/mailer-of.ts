import { join } from 'node:path';
import type { Ctx } from '../context/context';
import { folderMailer } from './folder-mailer';
import type { Mailer } from './mailer';
import { smtpMailer } from './smtp-mailer';

const mailers = new WeakMap<Ctx['env'], Mailer>();

/** Returns the mailer of the settings: the SMTP server of MAIL_URL where it is set, otherwise the folder `mails` of DATA_DIR. */
export function mailerOf({ env, log }: Pick<Ctx, 'env' | 'log'>): Mailer {
  const { MAIL_URL: url, MAIL_FROM: from, DATA_DIR: dataDir } = env;
  const mailer = mailers.get(env) ?? (url === '' ? folderMailer(join(dataDir, 'mails'), from, log) : smtpMailer(url, from));
  mailers.set(env, mailer);
  return mailer;
}
