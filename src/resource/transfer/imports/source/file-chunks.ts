import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import { Op } from 'sequelize';
import type { TxContext } from '../../../../context/context';
import { ImportChunk } from '../kept/import-chunk.model';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** The bytes of a chunk before compression. */
const CHUNK_BYTES = 262_144;

/** Keeps a part of an import's file. */
export async function keepChunk({ transaction }: TxContext, importId: string, startsAt: number, part: Buffer): Promise<void> {
  const bytes = await compress(part, { level: constants.Z_BEST_SPEED });
  await ImportChunk.create({ importId, startsAt, bytes }, { transaction });
}

/** Returns the kept file of an import from a byte on; throws where a part of it is no longer there. */
export async function* fileFrom(importId: string, fileBytes: number, offset: number): AsyncGenerator<Buffer> {
  let startsAt = Number(await ImportChunk.max('startsAt', { where: { importId, startsAt: { [Op.lte]: offset } } }));
  let skip = offset - startsAt;
  while (startsAt < fileBytes) {
    const chunk = await ImportChunk.findOne({ where: { importId, startsAt } });
    if (!chunk) throw new Error('A part of the file of an import is missing.');
    const bytes = await decompress(chunk.bytes, { maxOutputLength: CHUNK_BYTES });
    startsAt += bytes.length;
    yield bytes.subarray(skip);
    skip = 0;
  }
}

/** Cuts the parts of a file into chunks of one size, but the last. */
export async function* chunksOf(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let bytes = 0;
  for await (const part of parts) {
    kept.push(part);
    bytes += part.length;
    if (bytes < CHUNK_BYTES) continue;
    const whole = Buffer.concat(kept);
    const end = bytes - (bytes % CHUNK_BYTES);
    for (let at = 0; at < end; at += CHUNK_BYTES) yield whole.subarray(at, at + CHUNK_BYTES);
    kept = [whole.subarray(end)];
    bytes -= end;
  }
  if (bytes > 0) yield Buffer.concat(kept);
}
