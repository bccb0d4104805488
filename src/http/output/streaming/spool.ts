import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary file without a name: what a client has yet to read of a response. */
export class Spool {
  private constructor(private readonly file: FileHandle) {}

  /** Opens an empty one; its file is gone when it is closed, or the process ends. */
  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `storekeeper-${randomUUID()}`);
    const file = await open(path, 'wx+', 0o600);
    await unlink(path);
    return new Spool(file);
  }

  /** Appends text. */
  async write(text: string): Promise<void> {
    await this.file.appendFile(text);
  }

  /** Returns the parts of what was written, from the beginning. */
  read(): AsyncIterable<Buffer> {
    return this.file.createReadStream({ start: 0, autoClose: false });
  }

  /** Frees the file. */
  close(): Promise<void> {
    return this.file.close();
  }
}
