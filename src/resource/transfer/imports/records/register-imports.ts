import type { Sequelize } from 'sequelize';
import { registerImportChunk } from '../kept/import-chunk.model';
import { registerKeptRow } from '../kept/kept-row.model';
import { registerImport } from './import.model';

/** Registers the models of imports. */
export function registerImports(sequelize: Sequelize): void {
  for (const register of [registerImport, registerImportChunk, registerKeptRow]) register(sequelize);
}
