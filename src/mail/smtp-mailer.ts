import { createTransport } from 'nodemailer';
import type { Mail, Mailer } from './mailer';

const WAIT_MS = 10_000;

/** Returns a mailer that sends by the SMTP server of a URL such as `smtps://user:password@mail.example.com`; every wait is bounded. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: 2 * WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object);
  return {
    send: async ({ id, ...mail }: Mail) => {
      await transport.sendMail({ ...mail, from, messageId: `<${id}>` });
    },
  };
}
