import { attachTriggers, detachTriggers, migration } from './support/migration';
import { addRule } from './support/order-prices';
import { GUEST_RULES } from './support/orders/guest-orders';
import { createFunctions, formerFunction } from './support/sql-functions';

/*
 * An order without a user is a guest's. `down` fails where there is such an order,
 * rather than give it to somebody.
 */
export = migration(
  `
  ALTER TABLE orders
    -- squawk-ignore ban-drop-not-null
    ALTER COLUMN user_id DROP NOT NULL,
    ADD COLUMN email text NULL,
    ADD COLUMN billing_address jsonb NULL;
  ${GUEST_RULES.map(addRule).join('\n  ')}
  ${createFunctions(['count_code_uses_of_guests'])}
  ${attachTriggers('orders', { personal: ['shipping_address', 'note', 'email', 'billing_address'] })}
  `,
  `
  ${formerFunction('count_code_uses', 'count_code_use')}
  DROP FUNCTION uses_of_code;
  ${detachTriggers('orders')}
  ALTER TABLE orders
    DROP CONSTRAINT orders_payer_check,
    DROP COLUMN billing_address,
    DROP COLUMN email,
    ALTER COLUMN user_id SET NOT NULL;
  ${attachTriggers('orders', { personal: ['shipping_address', 'note'] })}
  `,
);
