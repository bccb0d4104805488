export { makeDataDir } from './cluster-record';
export { FolderInUse, type FolderUse } from './folder-lock';
export { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from './start-embedded-server';
