const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: { '^#([a-z-]+)$': '<rootDir>/libs/$1/index.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};

/** Unit tests need nothing but Node; everything else starts the real parts it names (see test/setup). */
export default {
  testSequencer: '<rootDir>/test/setup/longest-first.js',
  reporters: ['default', '<rootDir>/test/setup/summary-reporter.js'],
  // On two cores: most tests wait for processes more than they work.
  maxWorkers: 3,
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e|harm)\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'real',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.{int,e2e,harm}.spec.ts'],
      globalSetup: '<rootDir>/test/setup/global-setup.js',
    },
  ],
};
