import type { Sequelize } from 'sequelize';
import { registerImport } from './import.model';
import { registerImportChunk } from './import-chunk.model';
import { registerKeptRow } from './kept-row.model';

/** Registers the models of imports. */
export function registerImports(sequelize: Sequelize): void {
  for (const register of [registerImport, registerImportChunk, registerKeptRow]) register(sequelize);
}
