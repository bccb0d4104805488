import { ResourceService } from '../../resource/resource.service';
import { refunds } from './refund.resource';

/** Reads refunds; the database and its triggers keep them true. */
export const refundService = new ResourceService(refunds);
