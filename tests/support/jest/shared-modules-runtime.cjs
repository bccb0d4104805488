const { createRequire } = require('node:module');
const { join, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/**
 * Loads the modules of the shop, and all packages, with Node's own `require`, once per worker: Jest's registry would load and compile them
 * in each test file, which takes longer than most files. Shops share what a module keeps, as they do in one process. The modules in
 * `tests/` are loaded anew for each file.
 */
class SharedModulesRuntime extends Runtime {
  #tests;

  constructor(config, ...options) {
    super(config, ...options);
    this.#tests = join(config.rootDir, 'tests', sep);
    require.extensions['.ts'] = (module, file) => module._compile(this.transformCache.transform(file), file);
  }

  requireModuleOrMock(from, name) {
    if (name === '@jest/globals') return super.requireModuleOrMock(from, name);
    const load = createRequire(from);
    return load.resolve(name).startsWith(this.#tests) ? super.requireModuleOrMock(from, name) : load(name);
  }

  setMock() {
    throw new Error('Test files share the modules of the shop, so none replaces one: spy on a function of it with jest.spyOn.');
  }
}

module.exports = { default: SharedModulesRuntime, __esModule: true };
