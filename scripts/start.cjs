// The first half of `npm start`: builds the server, and prints the V8 flags to start it with. Node lists its flags meanwhile.
const { v8Flags } = require('./v8-flags.cjs');

const flags = v8Flags();
require('./build.cjs');
void flags.then((known) => process.stdout.write(known.join(' ')));
