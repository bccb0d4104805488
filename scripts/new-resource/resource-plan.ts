import type { Column } from './columns';
import type { Names } from './names';

/** What every file of a new resource is written from. */
export interface ResourcePlan {
  readonly names: Names;
  readonly columns: readonly Column[];
  /** Whether everybody may read it; otherwise the holders of `<resource>:read`. */
  readonly isPublic: boolean;
  /** The stamp of its migration, `YYYYMMDDHHMMSS`. */
  readonly stamp: string;
}

/** A new file. */
export interface NewFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}
