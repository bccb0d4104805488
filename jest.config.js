const swc = { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } };

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // jose, any-ascii and dinero.js are ES modules: Node 20.19 requires them as they are, Jest has to transform them.
  transform: { '^.+\\.ts$': ['@swc/jest', swc], '/(jose|any-ascii|dinero\\.js)/.+\\.js$': ['@swc/jest', swc] },
  transformIgnorePatterns: ['/node_modules/(?!(jose|any-ascii|dinero\\.js)/)'],
  runtime: '<rootDir>/tests/support/jest/shared-modules-runtime.cjs',
  testEnvironment: '<rootDir>/tests/support/jest/single-realm-environment.cjs',
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 30_000,
};
