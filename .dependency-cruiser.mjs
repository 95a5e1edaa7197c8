// The arrows of the house: functions → lib/<domain> → lib/platform, never back, and between domains only those listed.
// docs/decisions/0001-rooms-and-arrows.md says why.

const arrows = {
  organizations: [],
  projects: [],
  issues: ['projects'],
  releases: ['issues', 'projects', 'organizations'],
  metrics: [],
  slack: ['organizations'],
  alerts: ['metrics', 'slack', 'projects', 'organizations'],
};

const test = '\\.test\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'lib-knows-no-door-and-no-stack',
      severity: 'error',
      comment: 'lib is the core: it knows nothing of functions, infra, API Gateway, Lambda or CDK.',
      from: { path: '^lib/', pathNot: test },
      to: {
        path: ['^(functions|infra|tests|bench)/', 'node_modules/(@middy|aws-cdk-lib|constructs|@types/aws-lambda)'],
      },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^lib/platform/', pathNot: test },
      to: { path: '^lib/', pathNot: '^lib/platform/' },
    },
    ...Object.entries(arrows).map(([domain, others]) => ({
      name: `${domain}-points-where-it-may`,
      severity: 'error',
      comment: `lib/${domain} may use lib/platform${others.map((other) => `, lib/${other}`).join('')}.`,
      from: { path: `^lib/${domain}/`, pathNot: test },
      to: { path: '^lib/', pathNot: `^lib/(platform|${[domain, ...others].join('|')})/` },
    })),
    {
      name: 'domains-are-entered-through-their-index',
      severity: 'error',
      comment: 'Another domain is called through the functions that its index.ts names.',
      from: { path: '^lib/([^/]+)/', pathNot: test },
      to: { path: '^lib/([^/]+)/', pathNot: ['^lib/platform/', '^lib/$1/', '^lib/[^/]+/index\\.ts$'] },
    },
    {
      name: 'doors-enter-domains-through-their-index',
      severity: 'error',
      from: { path: '^functions/', pathNot: test },
      to: { path: '^lib/', pathNot: ['^lib/platform/', '^lib/[^/]+/index\\.ts$'] },
    },
    {
      name: 'doors-know-no-stack',
      severity: 'error',
      from: { path: '^functions/', pathNot: test },
      to: { path: '^(infra|tests|bench)/' },
    },
    {
      name: 'infra-only-names-files',
      severity: 'error',
      comment: 'infra imports nothing from lib or functions; it only names their files.',
      from: { path: '^infra/', pathNot: test },
      to: { path: '^(lib|functions|tests|bench)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(lib|functions|infra)/', pathNot: test },
      to: { path: [test, '^tests/'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'the-product-uses-its-own-dependencies',
      severity: 'error',
      comment: 'What functions and lib need at run time stands under "dependencies".',
      from: { path: '^(lib|functions)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
