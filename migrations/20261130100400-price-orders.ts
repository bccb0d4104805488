import { addAmountCheck, fitAmounts } from './support/amounts/amount-column';
import { attachTriggers, detachTriggers, migration } from './support/migration';
import { addRule, FORMER_TOTAL, PRICE_RULES } from './support/order-prices';
import { createFunctions, dropFunctions, formerFunction } from './support/sql-functions';

const ORDERS = attachTriggers('orders', { personal: ['shipping_address', 'note'] });
const ITEMS = attachTriggers('order_items');
const AMOUNTS = ['subtotal', 'discount', 'shipping', 'tax', 'total'];

const guardSums = (columns: string) => `DROP TRIGGER orders_sums_guard ON orders;
  CREATE CONSTRAINT TRIGGER orders_sums_guard AFTER INSERT OR UPDATE OF ${columns} ON orders
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_order_sums('orders');`;

const fitLines = (columns: readonly string[]) => `DROP TRIGGER order_items_amounts ON order_items;
  CREATE TRIGGER order_items_amounts BEFORE INSERT OR UPDATE OF ${columns.join(', ')} ON order_items
    FOR EACH ROW WHEN (scale(NEW.unit_price) < 2 OR ${columns
      .filter((column) => column !== 'unit_price')
      .map((column) => `scale(NEW.${column}) <> scale(NEW.unit_price)`)
      .join(' OR ')}) EXECUTE FUNCTION fit_amounts_of_order_items();`;

/*
 * What an order was priced by: the tax of each line and of its shipping, the method and the code as they were called then. Tax is part of the
 * total only where prices are without it.
 */
export = migration(
  `
  ${createFunctions(['guard_order_taxes', 'count_code_uses'])}
  ALTER TABLE orders
    ADD COLUMN prices_include_tax boolean NOT NULL DEFAULT false,
    ADD COLUMN shipping_tax numeric NOT NULL DEFAULT 0.00,
    ADD COLUMN shipping_method text NULL,
    ADD COLUMN discount_code text NULL,
    ADD COLUMN discount_code_id uuid NULL,
    DROP CONSTRAINT orders_total_check;
  ALTER TABLE order_items
    ADD COLUMN option_values jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN tax numeric NOT NULL DEFAULT 0.00,
    ADD COLUMN tax_rate numeric(7,4) NULL;
  ${PRICE_RULES.map(addRule).join('\n  ')}
  ${fitAmounts('orders', [...AMOUNTS, 'shipping_tax'])}
  ${fitLines(['unit_price', 'subtotal', 'discount', 'tax'])}
  ${guardSums('subtotal, discount, tax, shipping_tax, currency')}
  ${ORDERS}
  ${ITEMS}

  CREATE TRIGGER orders_code_uses_insert AFTER INSERT ON orders FOR EACH ROW
    WHEN (NEW.discount_code_id IS NOT NULL) EXECUTE FUNCTION count_code_use();
  CREATE TRIGGER orders_code_uses_update AFTER UPDATE OF status, discount_code_id ON orders FOR EACH ROW
    WHEN (OLD.discount_code_id IS NOT NULL OR NEW.discount_code_id IS NOT NULL) EXECUTE FUNCTION count_code_use();
  CREATE TRIGGER orders_code_uses_delete AFTER DELETE ON orders FOR EACH ROW
    WHEN (OLD.discount_code_id IS NOT NULL) EXECUTE FUNCTION count_code_use();
  CREATE TRIGGER discount_codes_uses_guard_insert BEFORE INSERT ON discount_codes FOR EACH ROW
    WHEN (NEW.used_count <> 0) EXECUTE FUNCTION guard_code_uses();
  CREATE TRIGGER discount_codes_uses_guard_update BEFORE UPDATE OF used_count ON discount_codes FOR EACH ROW
    WHEN (OLD.used_count IS DISTINCT FROM NEW.used_count) EXECUTE FUNCTION guard_code_uses();
  `,
  `
  DROP TRIGGER discount_codes_uses_guard_update ON discount_codes;
  DROP TRIGGER discount_codes_uses_guard_insert ON discount_codes;
  DROP TRIGGER orders_code_uses_delete ON orders;
  DROP TRIGGER orders_code_uses_update ON orders;
  DROP TRIGGER orders_code_uses_insert ON orders;
  ${guardSums('subtotal, discount, currency')}
  ${fitLines(['unit_price', 'subtotal', 'discount'])}
  ${fitAmounts('orders', AMOUNTS)}
  ${formerFunction('guard_order_amounts', 'guard_order_sums')}
  ${formerFunction('fit_lines_and_refunds', 'fit_amounts_of_order_items')}
  ${detachTriggers('order_items')}
  ${detachTriggers('orders')}
  ALTER TABLE order_items DROP COLUMN tax_rate, DROP COLUMN tax, DROP COLUMN option_values;
  ALTER TABLE orders DROP CONSTRAINT orders_total_check, DROP CONSTRAINT orders_shipping_tax_check;
  -- What is paid stays what it was; the earlier schema cannot say that prices had the tax in them.
  UPDATE orders SET tax = round(0, scale(tax)) WHERE prices_include_tax AND tax <> 0;
  ${addAmountCheck(FORMER_TOTAL).replace(' NOT VALID', '')}
  ALTER TABLE orders
    DROP COLUMN discount_code_id, DROP COLUMN discount_code, DROP COLUMN shipping_method, DROP COLUMN shipping_tax, DROP COLUMN prices_include_tax;
  ${ITEMS}
  ${ORDERS}
  ${dropFunctions(['count_code_uses'])}
  `,
);
