import { ResourceService } from '../../resource/resource.service';
import { discountCodeHooks } from './discount-code.hooks';
import { discountCodes } from './discount-code.resource';

/** Manages discount codes. */
export const discountCodeService = new ResourceService(discountCodes, discountCodeHooks);
