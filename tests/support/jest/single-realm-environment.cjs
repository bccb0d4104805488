const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/* Stands for the worker's own realm. Jest asks for a context, and compiles test files and itself in it. */
const OWN_REALM = {};
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options } = {}) =>
  compileFunction(code, parameters, parsingContext === OWN_REALM ? options : { ...options, parsingContext });

/**
 * Runs test files in the worker's own realm, so that they share `Error`, `Date` and the like with the modules that the worker has loaded.
 * What a file leaves in the environment variables, its spies, its fake timers and its console end with it. Plain JavaScript, because Jest
 * loads it first.
 */
module.exports = class SingleRealmEnvironment extends TestEnvironment {
  #variables = { ...process.env };
  #exit = process.exit;
  #console = console;

  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
    this.moduleMocker = new this.moduleMocker.constructor(globalThis);
    this.fakeTimersModern = new this.fakeTimersModern.constructor({ config: config.projectConfig, global: globalThis });
  }

  getVmContext() {
    return OWN_REALM;
  }

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    process.exit = this.#exit;
    globalThis.console = this.#console;
    await super.teardown();
  }
};
