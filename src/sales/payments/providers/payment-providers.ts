import type { Env } from '../../../../config/env';
import type { SignedBody } from '../../../http/input/body/signed-body';
import type { PaymentProvider } from './payment-provider';
import { standardWebhooks } from './standard-webhooks';

const PROVIDERS: Readonly<Record<Env['PAYMENT_PROVIDER'], PaymentProvider>> = { 'standard-webhooks': standardWebhooks };

/** Returns the adapter of the provider that PAYMENT_PROVIDER names. */
export function paymentProviderOf({ PAYMENT_PROVIDER }: Pick<Env, 'PAYMENT_PROVIDER'>): PaymentProvider {
  return PROVIDERS[PAYMENT_PROVIDER];
}

/** How the shop's provider signs. The headers of the document are those of the one provider that there is. */
export const paymentSignature: SignedBody = {
  headers: standardWebhooks.signedBody.headers,
  verify: (env, headers, bytes) => paymentProviderOf(env).signedBody.verify(env, headers, bytes),
};
