import { ResourceService } from '../../resource/resource.service';
import { stockMovements } from './stock.resource';

export { adjustStock } from './adjust-stock';

/** Reads the stock ledger; triggers write it. */
export const stockService = new ResourceService(stockMovements);
