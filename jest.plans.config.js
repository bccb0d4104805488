/** The plans of lists on a big shop: a run of its own (`npm run test:plans`). Its work ends it, not the load of the machine. */
module.exports = { ...require('./jest.config.js'), testMatch: ['<rootDir>/tests/plans/**/*.plans.ts'], testTimeout: 1_800_000 };
