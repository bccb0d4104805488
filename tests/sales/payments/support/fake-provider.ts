import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { newSecret, signatureHeaders } from '../../../../src/webhooks/signing/sign';

/** What a provider tells of a payment. */
export interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A message as it is sent. */
export interface Message {
  readonly id: string;
  readonly body: string;
}

/** Sends a signed message and returns the status and the body of the response. */
export type Send = (
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<{ readonly status: number; readonly body: unknown }>;

interface Delivery {
  /** How often each message is sent. */
  readonly times: number;
  readonly inFlight: number;
  /** The longest wait before a message, in milliseconds; none by default. */
  readonly maxDelayMs?: number;
}

/** A payment provider that signs as Standard Webhooks, and sends its messages repeatedly, shuffled, late and at once. */
export class FakeProvider {
  readonly secret: string;

  constructor(secret = newSecret()) {
    this.secret = secret;
  }

  /** Returns a message with an id of its own. */
  message(told: Told): Message {
    return { id: `msg_${v7()}`, body: JSON.stringify(told) };
  }

  /** Returns the headers that sign a message now, or at another time, or with another secret. */
  sign({ id, body }: Message, { at = new Date(), secret = this.secret } = {}): Record<string, string> {
    return signatureHeaders([secret], id, at, body);
  }

  /** Sends every message so many times, in a random order, and returns the responses with the message of each. */
  async deliver(messages: readonly Message[], { times, inFlight, maxDelayMs = 0 }: Delivery, send: Send) {
    const queue = shuffled(messages.flatMap((message) => Array.from({ length: times }, () => message)));
    const responses: { message: Message; status: number; body: unknown }[] = [];
    const work = async () => {
      for (let message = queue.pop(); message; message = queue.pop()) {
        if (maxDelayMs > 0) await delay(randomInt(maxDelayMs + 1));
        const { status, body } = await send(this.sign(message), message.body);
        responses.push({ message, status, body });
      }
    };
    await Promise.all(Array.from({ length: inFlight }, work));
    return responses;
  }
}

/** An order as a provider knows it. */
export interface Payable {
  readonly id: string;
  readonly orderNumber: string;
}

/** Returns what the provider tells of a payment of 20.00 USD for an order, under a reference of its own. */
export function succeeded({ orderNumber }: Partial<Payable>, values: object = {}): Told {
  return { type: 'payment.succeeded', data: { reference: newReference(), orderNumber, amount: '20.00', currency: 'USD', ...values } };
}

/** Returns a reference of a payment that no other has. */
export function newReference(): string {
  return `pay_${randomBytes(8).toString('hex')}`;
}

function shuffled<T>(items: readonly T[]): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(randomInt(rest.length), 1)[0] as T);
}
