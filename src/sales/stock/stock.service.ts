import { ResourceService } from '../../resource/resource.service';
import { stockMovements } from './stock.resource';

/** Reads the stock ledger. */
export const stockService = new ResourceService(stockMovements);
