/** A message to one person. */
export interface Mail {
  /** Unique and the same at each attempt, so that a server that has the message already drops it (RFC 5322, 3.6.4). */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends mail, by SMTP or into a folder. */
export interface Mailer {
  /** Resolves when the message is taken over; rejects where it is not. */
  send(mail: Mail): Promise<void>;
}
