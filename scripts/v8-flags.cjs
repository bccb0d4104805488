// Prints the V8 flags of the server (docs/adr/0007) that the running Node knows: Node refuses to start with an unknown one.
// V8_FLAGS=off prints none. Plain JavaScript, because it runs before each start.
const { execFile } = require('node:child_process');
const { existsSync } = require('node:fs');
const { promisify } = require('node:util');

const FLAGS = ['--heap-growing-percent=50', '--max-semi-space-size=8', '--no-allocation-site-pretenuring'];

/** Returns the V8 flags to start the server with. */
async function v8Flags() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (process.env.V8_FLAGS === 'off') return [];
  const { stdout } = await promisify(execFile)(process.execPath, ['--v8-options']);
  return knownFlags(stdout, FLAGS);
}

/** Returns those of the flags that the output of `node --v8-options` names. */
function knownFlags(v8Options, flags) {
  const names = new Set([...v8Options.matchAll(/^ +--([\w-]+)/gm)].map(([, name]) => name));
  return flags.filter((flag) => names.has(flag.replace(/^--(no-)?/, '').split('=')[0]));
}

module.exports = { knownFlags, v8Flags };

if (require.main === module) void v8Flags().then((flags) => process.stdout.write(flags.join(' ')));
