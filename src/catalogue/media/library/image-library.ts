import type Sharp from 'sharp';

type Library = typeof Sharp;

/* What decodes the types that can be uploaded. libvips can also read SVG, PDF and more, which nobody may make it do. */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);

let loaded: Library | undefined;

/** Returns the image library, which reads the types that can be uploaded and no others. */
export function imageLibrary(): Library {
  loaded ??= load();
  return loaded;
}

/* With the first image: a process that never sees one keeps its memory and starts sooner. */
function load(): Library {
  const sharp = require('sharp') as Library;
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: DECODERS });
  // An image takes one thread of libuv's, and none of its own: imageTurns bounds how many are in work.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}
