import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Logger } from 'winston';
import type { Mail, Mailer } from './mailer';

/** Returns a mailer that writes each message as a file (RFC 5322) into a folder and says so in the log; what a shop has without MAIL_URL. */
export function folderMailer(folder: string, from: string, log: Logger): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, disableFileAccess: true, disableUrlAccess: true });
  return {
    send: async ({ id, ...mail }: Mail) => {
      const { message } = await transport.sendMail({ ...mail, from, messageId: `<${id}>` });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${id.replace(/[^\w.-]/g, '-')}.eml`);
      // A reader of the folder never sees half a message.
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
      log.info('mail written', { file });
    },
  };
}
