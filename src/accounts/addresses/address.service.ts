import { ResourceService } from '../../resource/resource.service';
import { addressHooks } from './address.hooks';
import { addresses } from './address.resource';

/** Manages addresses. */
export const addressService = new ResourceService(addresses, addressHooks);
