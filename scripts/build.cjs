// `npm run build`, and the first half of `npm start`: bundles the server into dist/server.js in 0.2 s, so that what starts is
// never older than its sources (docs/adr/0007). Plain JavaScript, for it runs before anything has compiled TypeScript.
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
  // Stacks name the sources (--enable-source-maps); the sources' text is where it is.
  sourcemap: 'inline',
  sourcesContent: false,
});
save(outputFiles[0].contents);

/* Where nothing changed nothing is written: another user may have built it. Two starts at once each put a whole file in its place. */
function save(contents) {
  if (built()?.equals(contents)) return;
  try {
    mkdirSync(dirname(FILE), { recursive: true });
    writeFileSync(`${FILE}.${process.pid}`, contents);
    renameSync(`${FILE}.${process.pid}`, FILE);
  } catch (error) {
    console.error(`${FILE} cannot be written: ${error.message}. Run "npm run build" as the user who owns the folder.`);
    process.exitCode = 1;
  }
}

function built() {
  try {
    return readFileSync(FILE);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
