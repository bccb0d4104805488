import { join } from 'node:path';
import type { Ctx } from '../context/context';
import type { Mailer } from './mailer';

const mailers = new WeakMap<Ctx['env'], Mailer>();

/** Returns the mailer of the settings: the SMTP server of MAIL_URL where it is set, otherwise the folder `mails` of DATA_DIR. */
export function mailerOf({ env, log }: Pick<Ctx, 'env' | 'log'>): Mailer {
  const { MAIL_URL: url, MAIL_FROM: from, DATA_DIR: dataDir } = env;
  const mailer = mailers.get(env) ?? (url === '' ? inFolder(join(dataDir, 'mails'), from, log) : bySmtp(url, from));
  mailers.set(env, mailer);
  return mailer;
}

/* The library is loaded with the first mail: a process that sends none is spared its time and memory. */
function inFolder(folder: string, from: string, log: Ctx['log']): Mailer {
  const { folderMailer } = require('./folder-mailer') as typeof import('./folder-mailer');
  return folderMailer(folder, from, log);
}

function bySmtp(url: string, from: string): Mailer {
  const { smtpMailer } = require('./smtp-mailer') as typeof import('./smtp-mailer');
  return smtpMailer(url, from);
}
