const jest = require('./jest.config');

/* A template for each of Stryker's workers, which run beside each other. */
process.env.TEST_RUN = `mutants_${process.env.STRYKER_MUTATOR_WORKER ?? 'alone'}`;

/** @type {import('jest').Config} */
module.exports = {
  ...jest,
  testMatch: ['database', 'sales', 'resource', 'http', 'accounts', 'audit', 'catalogue'].map(
    (folder) => `<rootDir>/tests/${folder}/**/*.test.ts`,
  ),
  // The first starts a process of its own, which takes longer than all the others; no mutant is in the schema of the second.
  testPathIgnorePatterns: ['/tests/sales/orders/kill.test.ts', '/tests/database/schema/'],
  // A mutant is in the modules of the shop, so each run loads them anew.
  runtime: undefined,
  testEnvironment: 'node',
  globalSetup: '<rootDir>/tests/mutation/global-setup.ts',
  globalTeardown: undefined,
};
