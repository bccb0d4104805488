import { ResourceService } from '../resource/resource.service';
import { imports } from '../resource/transfer/imports/records/import.resource';

export { exportRefusedRows } from './refused-rows';

/** Reads imports; the endpoint `import` of each resource begins them. */
export const importService = new ResourceService(imports);
