export { makeDataDir } from './cluster/cluster-record';
export { FolderInUse, type FolderUse } from './process/folder-lock';
export { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from './start-embedded-server';
