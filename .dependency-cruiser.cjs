/** Which part may know which. The domain knows nothing; adapters stand at the edge; libs meet at their index. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      comment: 'Decisions import nothing of ours and nothing of the platform.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: ['^libs/domain/timing/', '(\\.spec\\.ts$|/testing/)'] },
      to: { pathNot: ['^libs/domain/'] },
    },
    {
      name: 'timing-is-pure',
      comment: 'Calendar arithmetic may ask one library of cron patterns, of which it uses what only computes.',
      severity: 'error',
      from: { path: '^libs/domain/timing/', pathNot: '(\\.spec\\.ts$|/testing/)' },
      to: { pathNot: ['^libs/domain/timing/', 'node_modules/croner/'] },
    },
    {
      name: 'libs-do-not-know-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libs-meet-at-their-index',
      severity: 'error',
      from: { path: '^(?:libs|apps)/([^/]+)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/index\\.ts$'] },
    },
    {
      name: 'only-adapters-know-jetstream',
      severity: 'error',
      from: {
        pathNot: [
          '^libs/lease/kv-lease',
          '^libs/(event-log|feed|large-values|snapshots)/jetstream',
          '^libs/broker/',
          '\\.spec\\.ts$',
        ],
      },
      to: { path: 'node_modules/@nats-io/(jetstream|kv|obj)/' },
    },
    {
      name: 'only-the-read-side-knows-the-database',
      severity: 'error',
      from: { pathNot: ['^libs/read-store/'] },
      to: { path: 'node_modules/(@mikro-orm|better-sqlite3|pg)/' },
    },
    {
      name: 'write-side-does-not-read-read-models',
      severity: 'error',
      from: { path: '^libs/(domain|event-log|writer|dispatch|delivery)/' },
      to: { path: '^libs/(read-store|projections|orchestrator|rbac-api|agents-api|http)/' },
    },
    {
      name: 'nest-stays-at-the-edge',
      severity: 'error',
      from: {
        pathNot: [
          '^libs/(http|openapi|orchestrator|rbac-api|agents-api|classifier-api|jobs-api|audit-api|events-api|projections-api|schemas-api)/',
          '^apps/server/',
        ],
      },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['daybook-source', 'import', 'node', 'default', 'types'],
    },
  },
};
