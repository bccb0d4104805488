import { rmSync, statSync } from 'node:fs';
import { createServer, connect as openSocket, type Server } from 'node:net';
import { join, relative } from 'node:path';

/** Who uses a DATA_DIR: a server until it is stopped, a command until it is done. */
export interface FolderUse {
  purpose: 'server' | 'command';
  pid: number;
  /** True once the database takes connections. */
  ready: boolean;
}

/** The folder is in use by another process. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(
    readonly dataDir: string,
    readonly use: FolderUse,
  ) {
    super(
      `${dataDir} is in use: process ${use.pid} runs on it. Stop that one, or set DATA_DIR (and PORT) to something else for a second shop.`,
    );
  }
}

/** A held lock. */
export interface FolderLock {
  /** Tells who asks that the database takes connections. */
  announceReady(): void;
  release(): Promise<void>;
}

/**
 * Takes the folder for this process; throws FolderInUse where another has it. The lock is a local socket that is listened on, so the
 * operating system ends it with its holder, however that ends; whoever connects is told who the holder is.
 */
export async function lockFolder(dataDir: string, purpose: FolderUse['purpose']): Promise<FolderLock> {
  const use: FolderUse = { purpose, pid: process.pid, ready: false };
  const address = addressOf(dataDir);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const server = await listen(address, use);
    if (server) {
      return {
        announceReady: () => {
          use.ready = true;
        },
        release: () => new Promise((resolve) => server.close(() => resolve())),
      };
    }
    const holder = await folderUse(dataDir);
    if (holder) throw new FolderInUse(dataDir, holder);
    // A socket file outlives its process where sockets are files; nobody answers behind this one.
    if (address.endsWith('.sock')) rmSync(address, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${dataDir} could not be locked: something that is not Storekeeper listens on its lock.`);
}

/** Asks who uses the folder; undefined where nobody does. */
export function folderUse(dataDir: string): Promise<FolderUse | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = openSocket(addressOf(dataDir));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer ? (JSON.parse(answer) as FolderUse) : undefined));
  });
}

function listen(address: string, use: FolderUse): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(JSON.stringify(use));
    });
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(server.unref()));
  });
}

function addressOf(dataDir: string): string {
  const { dev, ino } = statSync(dataDir);
  if (process.platform === 'linux') return `\0storekeeper-${dev}-${ino}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\storekeeper-${dev}-${ino}`;
  // A relative path, for a socket's path is limited to about a hundred bytes.
  return relative(process.cwd(), join(dataDir, 'lock.sock'));
}
