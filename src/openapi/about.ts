import { VERSION } from '../../config/project';

/** Who the OpenAPI document is about. */
export interface About {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** Storekeeper, as its OpenAPI document names it. */
export const ABOUT: About = {
  title: 'Storekeeper',
  version: VERSION,
  description: 'A headless commerce API that never loses, oversells or silently changes anything.',
};
