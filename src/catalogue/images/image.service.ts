import { ResourceService } from '../../resource/resource.service';
import { imageHooks } from './image.hooks';
import { images } from './image.resource';

/** Manages the images of products. */
export const imageService = new ResourceService(images, imageHooks);
