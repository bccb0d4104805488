import { ResourceService } from '../../resource/resource.service';
import { taxRates } from './tax-rate.resource';

/** Manages tax rates. */
export const taxRateService = new ResourceService(taxRates);
