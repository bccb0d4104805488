import { ResourceService } from '../../resource/resource.service';
import { stockMovements } from './stock.resource';

export { adjustStock } from './adjust-stock';
export { setStock } from './set-stock';

/** Lists and reads the stock ledger; triggers write it. */
export const stockService = new ResourceService(stockMovements);
