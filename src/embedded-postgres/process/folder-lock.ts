import { rmSync, statSync } from 'node:fs';
import { createServer, connect as openSocket, type Server } from 'node:net';
import { join, relative } from 'node:path';

/** The use of a DATA_DIR by a server or a command. */
export interface FolderUse {
  purpose: 'server' | 'command';
  pid: number;
  /** Whether the database accepts connections. */
  ready: boolean;
}

/** The error of a folder that another process uses. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(
    readonly dataDir: string,
    readonly use: FolderUse,
  ) {
    super(`${dataDir} is in use: process ${use.pid} runs on it. Stop that process, or set DATA_DIR and PORT for a second shop.`);
  }
}

/** The lock on a folder, until it is released. */
export interface FolderLock {
  /** Makes `folderUse` report that the database accepts connections. */
  announceReady(): void;
  release(): Promise<void>;
}

/**
 * Locks the folder for this process; throws FolderInUse where another process has it. The lock is a listening local socket, which the
 * operating system closes when the process ends, even by SIGKILL; it sends its FolderUse to every client.
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
    // The file of a Unix socket outlives its process; no process listens on this one.
    if (address.endsWith('.sock')) rmSync(address, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${dataDir} cannot be locked: another program listens on its lock.`);
}

/** Returns the use of the folder by another process; undefined where it is free. */
export function folderUse(dataDir: string): Promise<FolderUse | undefined> {
  return new Promise((resolve) => {
    let received = '';
    const socket = openSocket(addressOf(dataDir));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      received += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received ? (JSON.parse(received) as FolderUse) : undefined));
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
  // Relative, because a socket's path may have about a hundred bytes only.
  return relative(process.cwd(), join(dataDir, 'lock.sock'));
}
