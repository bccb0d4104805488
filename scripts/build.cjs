// `npm run build`: bundles the server and the worker into dist/ in 0.2 s (docs/adr/0007). `npm start` runs it first, so that the running
// code is never older than its sources. Plain JavaScript, because it runs before anything has compiled TypeScript.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { buildSync } = require('esbuild');

const PROJECT_FOLDER = dirname(__dirname);
const DIST = join(PROJECT_FOLDER, 'dist');

const { outputFiles } = buildSync({
  entryPoints: ['server', 'worker'].map((name) => join(PROJECT_FOLDER, 'src', `${name}.ts`)),
  outdir: DIST,
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
for (const { path, contents } of outputFiles) save(path, contents);

/* An unchanged bundle is not written, so one user may build and another start. Renaming replaces the file as a whole, so two builds at once are safe. */
function save(file, contents) {
  if (existingBundle(file)?.equals(contents)) return;
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(DIST, { recursive: true });
    writeFileSync(draft, contents);
    renameSync(draft, file);
  } catch (error) {
    console.error(`Cannot write ${file}: ${error.message}. Run "npm run build" as the owner of the folder.`);
    process.exitCode = 1;
  }
}

function existingBundle(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
