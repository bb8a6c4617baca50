/** A package of ours for the demo, with what it needs to show. Its code is one empty module. */
export interface PackageSource {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly scripts?: Record<string, string>;
}

/** The URL of the git dependency's repository in manifests. */
export const CHARTS = 'https://git.example.test/acme/charts.git';

export const PACKAGES: readonly PackageSource[] = [
  ...['lodahs', 'lodash-', 'lodashjs'].map((name) => ({ name, version: '4.17.21' })),
  ...['react-js', 'reactt', 'reacct'].map((name) => ({ name, version: '18.3.1' })),
  ...['expres', 'expresss', 'express-js'].map((name) => ({ name, version: '4.21.0' })),
  ...['momentt', 'moment-js', 'momnet'].map((name) => ({ name, version: '2.30.1' })),
  { name: '@acme/design-tokens', version: '3.1.0' },
  { name: '@acme/ui', version: '2.4.0', dependencies: { '@acme/design-tokens': '^3.0.0' } },
  { name: 'thumbnailer', version: '1.6.2', scripts: { install: 'node build.js' } },
  { name: 'thumbnailer', version: '2.0.1', scripts: { install: 'node build.js' } },
  { name: 'report-mailer', version: '0.8.1', dependencies: { thumbnailer: '^1.6.0' } },
  {
    name: 'report-builder',
    version: '1.2.0',
    dependencies: { thumbnailer: '^1.6.0' },
    optionalDependencies: { 'acme-charts': `git+${CHARTS}#main` },
  },
];
