import type { IncomingHttpHeaders } from 'node:http';
import { Webhook as Verifier, WebhookVerificationError } from 'standardwebhooks';
import type { Env } from '../../../../config/env';
import { parseBody } from '../../../http/input/parse';
import { currency, inCurrencyBeside, positiveMoney } from '../../../schema/money';
import { object, optional, text, uuid } from '../../../schema/schema';
import { invalidSignature, paymentWebhookOff } from '../../problems';
import type { PaymentEventType } from '../payment.states';
import type { PaymentProvider } from './payment-provider';

const TYPES: Readonly<Record<string, PaymentEventType>> = {
  'payment.succeeded': 'succeeded',
  'payment.failed': 'failed',
  'payment.refunded': 'refunded',
};

/* Members that the shop does not know are the provider's own affair. */
const messageSchema = object({
  type: text(1, 200),
  data: object({
    reference: text(1, 255),
    orderId: optional(uuid()),
    orderNumber: optional(text(1, 64)),
    amount: inCurrencyBeside(positiveMoney(), 'currency'),
    currency: currency(),
  }).unknown(true),
}).unknown(true);

const MESSAGE_ID = /^[!-~]{1,255}$/;

/** Messages that are signed as Standard Webhooks (https://www.standardwebhooks.com), with amounts as decimal text. */
export const standardWebhooks: PaymentProvider = {
  name: 'standard-webhooks',
  signedBody: {
    headers: {
      'webhook-id': 'The id of the message, the same whenever it is sent again. A message takes effect once.',
      'webhook-timestamp': 'When it was sent, in seconds since 1970; five minutes at most from the shop’s time.',
      'webhook-signature': '`v1,` and the signature, in base64; several with spaces between them while a secret changes.',
    },
    verify,
  },
  eventOf: (message) => {
    const type = Object.hasOwn(TYPES, String(message.type)) ? TYPES[String(message.type)] : undefined;
    if (type === undefined) return null;
    const { data } = parseBody(messageSchema, { value: message, violations: [], bytes: Buffer.alloc(0) });
    const { reference, orderId = null, orderNumber = null, amount, currency: code } = data;
    return { type, reference, orderId, orderNumber, amount, currency: code };
  },
};

/* The library compares signatures in constant time, and refuses a time that is more than five minutes off. */
function verify({ PAYMENT_WEBHOOK_SECRET }: Env, headers: IncomingHttpHeaders, bytes: Buffer): string {
  if (PAYMENT_WEBHOOK_SECRET === '') {
    throw paymentWebhookOff.because('The shop takes no messages of a payment provider: PAYMENT_WEBHOOK_SECRET is not set.');
  }
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature = '' } = headers;
  const given = { 'webhook-id': String(id), 'webhook-timestamp': String(timestamp), 'webhook-signature': String(signature) };
  const faults = PAYMENT_WEBHOOK_SECRET.split(',').map((secret) => faultOf(secret.trim(), given, bytes));
  if (faults.includes(null) && MESSAGE_ID.test(given['webhook-id'])) return given['webhook-id'];
  throw invalidSignature.because(
    `${faults.find((fault) => fault !== null) ?? 'The id of the message is longer than 255 characters'}. ` +
      'Sign the body as it is sent with a secret of this shop, at the present time, and send webhook-id, webhook-timestamp and webhook-signature.',
  );
}

/* The library's own words name the fault and quote nothing. */
function faultOf(secret: string, headers: Readonly<Record<string, string>>, bytes: Buffer): string | null {
  try {
    new Verifier(secret).verify(bytes, headers, { jsonParse: false });
    return null;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return error.message;
    throw error;
  }
}
