/** The plans of lists on a big shop: a run of its own (`npm run test:plans`), since filling it takes a while. */
module.exports = { ...require('./jest.config.js'), testMatch: ['<rootDir>/tests/plans/**/*.plans.ts'], testTimeout: 300_000 };
