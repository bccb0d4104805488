const jest = require('./jest.config');

/* A template for each of Stryker's workers, which run beside each other. */
process.env.TEST_RUN = `mutants_${process.env.STRYKER_MUTATOR_WORKER ?? 'alone'}`;

/** @type {import('jest').Config} */
module.exports = {
  ...jest,
  testMatch: ['database', 'sales', 'resource', 'http', 'accounts', 'audit', 'catalogue'].map(
    (folder) => `<rootDir>/tests/${folder}/**/*.test.ts`,
  ),
  // Takes a process of its own, which runs longer than all the others together.
  testPathIgnorePatterns: ['/tests/sales/orders/kill.test.ts'],
  globalSetup: '<rootDir>/tests/mutation/global-setup.ts',
  globalTeardown: undefined,
};
