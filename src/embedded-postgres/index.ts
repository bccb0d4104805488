export { makeDataDir } from './cluster/cluster-record';
export { folderError } from './cluster/folder-error';
export { FolderInUse, type FolderUse } from './process/folder-lock';
export { type EmbeddedServer, type EmbeddedServerOptions, startEmbeddedServer } from './start-embedded-server';
