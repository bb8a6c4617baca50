/** One of the installs of the table. */
export interface Install {
  readonly kind: string;
  /** As typed. */
  readonly line: string;
  /** The package that has to stop it, as `name@version` where it exists; undefined for a clean one. */
  readonly planted?: string;
  readonly files?: Readonly<Record<string, string | object>>;
  /** Command lines without guard that make the state before, with a folder each: by default the project's. */
  readonly before?: readonly string[];
  /** Changes of files after those. */
  readonly after?: Readonly<Record<string, string | object>>;
  /** Where it is typed, below the project. */
  readonly at?: string;
}

const MANIFEST = { name: 'shop', version: '1.0.0', private: true };
const LOCK_ONLY = '--package-lock-only --ignore-scripts';

function manifest(dependencies: Readonly<Record<string, string>>): Readonly<Record<string, object>> {
  return { 'package.json': { ...MANIFEST, dependencies } };
}

const WORKSPACE = {
  'package.json': { ...MANIFEST, workspaces: ['packages/*'] },
  'packages/a/package.json': { name: 'member-a', version: '1.0.0', private: true },
};
const PNPM_WORKSPACE = {
  'package.json': MANIFEST,
  'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
  'packages/a/package.json': WORKSPACE['packages/a/package.json'],
};

export const INSTALLS: readonly Install[] = [
  { kind: 'clean', line: 'npm install tidy-columns' },
  { kind: 'clean', line: 'npm install -D tidy-rows@1.1.0', before: ['npm install tidy-cells'] },
  { kind: 'clean', line: 'npm install', files: manifest({ 'tidy-columns': '^1.0.0' }) },
  {
    kind: 'clean',
    line: 'npm ci',
    files: manifest({ 'tidy-columns': '^1.0.0' }),
    before: [`npm install ${LOCK_ONLY}`],
  },
  {
    kind: 'clean',
    line: 'npm update',
    before: ['npm install tidy-rows@1.0.0'],
    after: manifest({ 'tidy-rows': '^1.0.0' }),
  },
  { kind: 'clean', line: 'npm uninstall tidy-cells', before: ['npm install tidy-cells tidy-rows'] },
  { kind: 'clean', line: 'pnpm add tidy-columns' },
  { kind: 'clean', line: 'yarn add tidy-columns' },
  { kind: 'clean', line: 'bun add tidy-columns' },
  { kind: 'typosquat', line: 'npm install lodahs', planted: 'lodahs@1.0.0' },
  { kind: 'typosquat', line: 'pnpm add reactt', planted: 'reactt@1.0.0' },
  { kind: 'typosquat', line: 'npm install needs-lodahs', planted: 'lodahs@1.0.0' },
  { kind: 'days old', line: 'npm install fresh-release', planted: 'fresh-release@1.2.0' },
  { kind: 'days old', line: 'pnpm add needs-fresh', planted: 'fresh-release@1.2.0' },
  { kind: 'days old', line: 'bun add born-yesterday', planted: 'born-yesterday@1.0.0' },
  {
    kind: 'days old',
    line: 'npm update',
    before: ['npm install fresh-release@1.0.0'],
    after: manifest({ 'fresh-release': '^1.0.0' }),
    planted: 'fresh-release@1.2.0',
  },
  { kind: 'taken over', line: 'npm install other-publisher', planted: 'other-publisher@1.2.0' },
  { kind: 'taken over', line: 'npm install needs-other-publisher', planted: 'other-publisher@1.2.0' },
  { kind: 'taken over', line: 'npm install long-asleep', planted: 'long-asleep@4.0.0' },
  { kind: 'taken over', line: 'pnpm add added-dependency', planted: 'added-dependency@1.2.0' },
  { kind: 'taken over', line: 'npm install lost-provenance', planted: 'lost-provenance@1.2.0' },
  { kind: 'malware below', line: 'npm install level-one', planted: 'flatmap-stream@0.1.1' },
  { kind: 'malware below', line: 'pnpm add level-one', planted: 'flatmap-stream@0.1.1' },
  { kind: 'malware below', line: 'yarn add level-one', planted: 'flatmap-stream@0.1.1' },
  { kind: 'malware below', line: 'bun add level-one', planted: 'flatmap-stream@0.1.1' },
  {
    kind: 'malware below',
    line: 'npm ci',
    files: manifest({ 'level-one': '^1.0.0' }),
    before: [`npm install ${LOCK_ONLY}`],
    planted: 'flatmap-stream@0.1.1',
  },
  { kind: 'vulnerability', line: 'npm install leaks-memory', planted: 'leaks-memory@1.2.0' },
  { kind: 'script', line: 'npm install runs-script', planted: 'runs-script@1.2.0' },
  { kind: 'script', line: 'npm install needs-script', planted: 'runs-script@1.2.0' },
  {
    kind: 'script',
    line: 'npm update',
    before: ['npm install runs-script@1.1.0'],
    after: manifest({ 'runs-script': '^1.0.0' }),
    planted: 'runs-script@1.2.0',
  },
  { kind: 'unknown name', line: 'npm install name-of-nobody', planted: 'name-of-nobody' },
  { kind: 'unknown name', line: 'pnpm add needs-nobody', planted: 'name-of-nobody' },
  { kind: 'private scope', line: 'npm install @acme/ui' },
  { kind: 'private scope', line: 'pnpm add @acme/core' },
  {
    kind: 'private scope',
    line: 'npm install @acme/ui',
    files: { 'package.json': MANIFEST, '.npmrc': '@acme:registry=OPEN\n' },
    planted: '@acme/ui@99.0.0',
  },
  { kind: 'workspace', line: 'npm install tidy-columns -w packages/a', files: WORKSPACE },
  {
    kind: 'workspace',
    line: 'pnpm add level-one',
    files: PNPM_WORKSPACE,
    at: 'packages/a',
    planted: 'flatmap-stream@0.1.1',
  },
  { kind: 'global', line: 'npm install -g tidy-cli' },
  { kind: 'global', line: 'pnpm add -g needs-lodahs', planted: 'lodahs@1.0.0' },
  { kind: 'for one run', line: 'npx -y level-one', planted: 'flatmap-stream@0.1.1' },
];
