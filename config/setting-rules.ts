import ipaddr from 'ipaddr.js';
import Joi from 'joi';

/** An integer with bounds and a default. */
export const integer = (min: number, max: number, byDefault: number) => Joi.number().integer().min(min).max(max).default(byDefault);
/** A duration of at most an hour, in milliseconds. */
export const milliseconds = (byDefault: number) => integer(1, 3_600_000, byDefault);
/** A limit, or `off`. */
export const limitOrOff = (byDefault: number) =>
  Joi.alternatives(Joi.number().integer().min(1).max(10_000_000), Joi.string().valid('off')).default(byDefault);
/** A switch that is on by default. */
export const onOff = Joi.string().valid('on', 'off').default('on');

/** The URL of a PostgreSQL database. */
export const databaseUrl: Joi.CustomValidator<string> = (value, helpers) => {
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) return helpers.message({ custom: NOT_A_URL });
  try {
    decodeURIComponent(value);
    return value;
  } catch {
    return helpers.message({ custom: BARE_PERCENT });
  }
};

const NOT_A_URL =
  '{{#label}} must be a URL like postgres://user:password@host:5432/storekeeper, with the special characters of the password percent-encoded';
const BARE_PERCENT =
  '{{#label}} has a % that begins no percent-encoding of UTF-8: write % as %25, and other special characters likewise, such as @ as %40';

/** Origins, comma-separated, or `*`. */
export const origins: Joi.CustomValidator<string> = (value, helpers) => {
  const isOrigin = (text: string) =>
    text === '*' || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text);
  const areOrigins = value.split(',').every((text) => isOrigin(text.trim()));
  return areOrigins
    ? value
    : helpers.message({ custom: '{{#label}} must be origins like https://shop.example, without a path, comma-separated' });
};

/** An http:// or https:// URL that a path follows. */
export const baseUrl: Joi.CustomValidator<string> = (value, helpers) =>
  /^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w.~-]+)*$/.test(value)
    ? value
    : helpers.message({ custom: '{{#label}} must be a URL like https://cdn.shop.example, without a slash at its end' });

/** An http:// or https:// URL. */
export const httpUrl: Joi.CustomValidator<string> = (value, helpers) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
    ? value
    : helpers.message({ custom: '{{#label}} must be a URL like http://localhost:9000' });

const listOf =
  (isOne: (text: string) => boolean, rule: string): Joi.CustomValidator<string> =>
  (value, helpers) =>
    value.split(',').every((text) => isOne(text.trim())) ? value : helpers.message({ custom: `{{#label}} must be ${rule}` });

/** CIDRs, comma-separated. */
export const networks = listOf((text) => ipaddr.isValidCIDR(text), 'networks like 10.0.0.0/8, comma-separated');
/** Durations in seconds, comma-separated. */
export const seconds = listOf((text) => /^\d{1,6}$/.test(text), 'seconds like 5,60,600, comma-separated');
/** Encryption keys, comma-separated. */
export const keys = listOf((text) => text.length >= 32, 'keys of 32 characters or more, comma-separated');
/** Secrets of Standard Webhooks, comma-separated: 24 to 64 bytes in base64, after `whsec_`. */
export const webhookSecrets = listOf((text) => {
  const base64 = text.trim().replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === base64;
}, 'secrets of Standard Webhooks, whsec_ and 24 to 64 bytes in base64, comma-separated');
