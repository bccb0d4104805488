// `npm run build`: bundles the server into dist/server.js in 0.2 s (docs/adr/0007). `npm start` runs it first, so that the running
// code is never older than its sources. Plain JavaScript, because it runs before anything has compiled TypeScript.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { buildSync } = require('esbuild');

const PROJECT_FOLDER = dirname(__dirname);
const FILE = join(PROJECT_FOLDER, 'dist', 'server.js');

const { outputFiles } = buildSync({
  entryPoints: [join(PROJECT_FOLDER, 'src', 'server.ts')],
  outfile: FILE,
  write: false,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Stack traces name the sources (--enable-source-maps); the bundle does not repeat their text.
  sourcemap: 'inline',
  sourcesContent: false,
});
save(outputFiles[0].contents);

/* An unchanged bundle is not written, so one user may build and another start. Renaming replaces the file as a whole, so two builds at once are safe. */
function save(contents) {
  if (existingBundle()?.equals(contents)) return;
  const draft = `${FILE}.${process.pid}`;
  try {
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(draft, contents);
    renameSync(draft, FILE);
  } catch (error) {
    console.error(`Cannot write ${FILE}: ${error.message}. Run "npm run build" as the owner of the folder.`);
    process.exitCode = 1;
  }
}

function existingBundle() {
  try {
    return readFileSync(FILE);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
