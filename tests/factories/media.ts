import sharp from 'sharp';
import type { Shop } from '../support/shop';
import type { Person } from './people';

let count = 0;

interface Size {
  readonly width?: number;
  readonly height?: number;
}

/** Returns the bytes of a PNG that no other call returns. */
export function imageBytes({ width = 400, height = 200 }: Size = {}): Promise<Buffer> {
  count += 1;
  return sharp({ create: { width, height, channels: 3, background: { r: count % 256, g: count >> 8, b: 0 } } })
    .png()
    .toBuffer();
}

/** Uploads a new image, and returns the medium. */
export async function makeMedium(shop: Pick<Shop, 'call'>, by: Person, size: Size = {}) {
  const headers = { 'Content-Type': 'image/png' };
  const { status, body } = await shop.call('post', '/v1/media', { token: by.token, body: await imageBytes(size), headers });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}
