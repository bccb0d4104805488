import { ResourceService } from '../../resource/resource.service';
import type { PendingWrite } from '../../resource/write/pending-write';
import { amountText } from '../../schema/currencies';
import { requireBands, type ShippingBand } from './shipping-bands';
import { shippingMethods } from './shipping-method.resource';

/** Manages shipping methods. */
export const shippingMethodService = new ResourceService(shippingMethods, {
  beforeCreate: (_tx, writes) => checkBands(writes),
  beforeChange: (_tx, writes) => checkBands(writes),
});

/* Prices are written in the decimals of the currency, as all amounts are. */
function checkBands(writes: readonly PendingWrite[]): void {
  for (const write of writes) {
    const bands = write.valueAfter('bands') as readonly ShippingBand[];
    const currency = String(write.valueAfter('currency'));
    write.check(() => requireBands(bands, String(write.valueAfter('basis')), currency));
    if ('bands' in write.values) {
      write.values = { ...write.values, bands: bands.map(({ upTo, price }) => ({ upTo, price: amountText(currency, price) })) };
    }
  }
}
