import Joi from 'joi';
import { integer, limitOrOff, webhookSecrets } from './setting-rules';

/** The settings of orders: what one account may hold unpaid, and how orders are taxed. */
export const SALES_SETTINGS = {
  MAX_UNPAID_ORDERS_PER_ACCOUNT: {
    schema: limitOrOff(20),
    description: 'The unpaid orders that one account may have at a time; off for no limit.',
  },
  MAX_UNPAID_UNITS_PER_ACCOUNT: {
    schema: limitOrOff(1_000),
    description: 'The pieces that the unpaid orders of one account may hold at a time; off for no limit.',
  },
  CART_HOLD_MINUTES: {
    schema: Joi.number().integer().min(1).max(1_440).default(15),
    description: 'How long a cart holds its goods, in minutes; extended once, for as long again.',
  },
  CART_HOLD_MAX_UNITS: {
    schema: limitOrOff(100),
    description: 'The pieces that one cart may hold; off for no limit.',
  },
  CART_EXPIRES_DAYS: {
    schema: Joi.number().integer().min(1).max(365).default(30),
    description: 'After how many days without a change an open cart is abandoned.',
  },
  WITHDRAWAL_DAYS: {
    schema: integer(0, 1_000, 14),
    description:
      'The days after delivery in which a consumer may withdraw from an order; after shipping where no delivery is known, so that a shop adds the days that parcels take.',
  },
  SHOP_NAME: { schema: Joi.string().min(1).max(200).default('Storekeeper'), description: 'The shop, as its documents name it.' },
  SHOP_ADDRESS: {
    schema: Joi.string().max(500).allow('').default(''),
    description: 'The address of the shop on its documents, in one line.',
    example: 'Obere Str. 57, 12209 Berlin',
  },
  SHOP_TAX_ID: {
    schema: Joi.string().max(64).allow('').default(''),
    description: 'The tax number of the shop on its documents.',
    example: 'DE123456789',
  },
  MAIL_URL: {
    schema: Joi.string()
      .uri({ scheme: ['smtp', 'smtps'] })
      .allow('')
      .default(''),
    description: 'The SMTP server that sends mail; without it, each message is a file in the folder mails of DATA_DIR.',
    example: 'smtps://user:password@mail.example.com',
  },
  MAIL_FROM: { schema: Joi.string().email({ tlds: false }).default('shop@localhost.invalid'), description: 'The sender of mail.' },
  SHOP_COUNTRY: {
    schema: Joi.string()
      .pattern(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2')
      .allow('')
      .default(''),
    description:
      'The country (ISO 3166-1 alpha-2) whose tax an order pays whose shipping address names none; without it, such an order pays none.',
    example: 'DE',
  },
  PRICES_INCLUDE_TAX: {
    schema: Joi.boolean().default(false),
    description: 'Whether the prices of products and shipping have the tax in them. An order keeps what was set when it was placed.',
  },
  ORDER_EXPIRES_MINUTES: {
    schema: limitOrOff(60),
    description:
      'How long an order with external payment holds its stock unpaid, in minutes; it is cancelled then. off for as long as nobody cancels it.',
  },
  PAYMENT_PROVIDER: {
    schema: Joi.string().valid('standard-webhooks').default('standard-webhooks'),
    description: 'Which provider tells of payments at POST /v1/payments/webhook (docs/payments.md).',
  },
  PAYMENT_WEBHOOK_SECRET: {
    schema: Joi.string().max(1_000).custom(webhookSecrets).default(''),
    description:
      'Signs what the payment provider sends: whsec_ and 24 to 64 bytes in base64; two, comma-separated, while it changes. Without it, no such message is taken.',
  },
  TAX_ROUNDING: {
    schema: Joi.string().valid('line', 'total').default('line'),
    description: 'Whether tax is rounded per line, or per rate of an order and divided among its lines by the largest remainder.',
  },
};
