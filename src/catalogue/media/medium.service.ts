import { ResourceService } from '../../resource/resource.service';
import { mediumHooks } from './medium.hooks';
import { media } from './medium.resource';

export { readOriginal } from './original/read-original';
export { uploadMedium } from './upload/upload-medium';
export { readVariant } from './variants/read-variant';

/** Manages media. */
export const mediumService = new ResourceService(media, mediumHooks);
