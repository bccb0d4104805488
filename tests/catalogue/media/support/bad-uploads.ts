import sharp from 'sharp';
import { FORM_TYPE, formOf } from '../../../factories/forms';
import { imageBytes } from '../../../factories/media';

/** What makes the body of an upload, the status and code that refuse it, and its type where it is not image/png. */
type BadUpload = readonly [() => Promise<Buffer> | Buffer, number, string, string?];

/** Returns uploads that are refused, by what they are. */
export const badUploads = (maxBytes: number): Readonly<Record<string, BadUpload>> => ({
  'a page': [() => Buffer.from('<html><script>alert(1)</script>'), 422, 'invalid_image'],
  'an SVG': [() => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 422, 'invalid_image'],
  'a PDF': [() => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), 422, 'invalid_image'],
  'a TIFF': [
    async () =>
      sharp(await imageBytes())
        .tiff()
        .toBuffer(),
    422,
    'invalid_image',
  ],
  'an image that breaks off': [async () => (await noise(200, 200).jpeg().toBuffer()).subarray(0, 5_000), 422, 'invalid_image'],
  'an image with too many pixels': [() => imageBytes({ width: 601, height: 500 }), 422, 'invalid_image'],
  'an image with too many frames': [() => frames(1_001), 422, 'invalid_image'],
  'no bytes': [() => Buffer.alloc(0), 422, 'invalid_image'],
  'a file that is too large': [() => Buffer.alloc(maxBytes + 1), 413, 'file_too_large'],
  'another type': [() => Buffer.from('a'), 415, 'unsupported_media_type', 'image/svg+xml'],
  'a form without a file': [() => formOf([{ content: 'a' }]), 400, 'malformed_request', FORM_TYPE],
  'a form without a boundary': [() => formOf([]), 400, 'malformed_request', 'multipart/form-data'],
  'a form with more than a file': [
    async () =>
      formOf([
        { fileName: 'a.png', content: await imageBytes() },
        { name: 'alt', content: 'a' },
      ]),
    400,
    'malformed_request',
    FORM_TYPE,
  ],
  'a form that breaks off': [
    async () => formOf([{ fileName: 'a.png', content: await imageBytes() }], false),
    400,
    'malformed_request',
    FORM_TYPE,
  ],
});

const noise = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
/* Neighbours differ, so that no two frames become one. */
const frames = (count: number) =>
  sharp(Buffer.from(Array.from({ length: count * 3 }, (_, at) => (Math.floor(at / 3) % 2) * 255)), {
    raw: { width: 1, height: count, channels: 3, pageHeight: 1 },
  })
    .gif()
    .toBuffer();
