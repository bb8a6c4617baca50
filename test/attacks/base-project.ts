import { type Family, MANAGERS } from './managers.ts';

/** Files by path; null is a deleted file. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/**
 * The sources of a project's dependencies: a registry at the root of its host, one tenant's registry on a shared host,
 * or git repositories.
 */
export type Scenario = 'registry' | 'tenant' | 'git';

/** An honest project as created by the real manager. */
export interface Base {
  /** Also the name of its folder among the fixtures. */
  readonly id: string;
  readonly manager: string;
  readonly family: Family;
  readonly scenario: Scenario;
  /** For npm, the requested lockfile version; the others have only one. */
  readonly lockfileVersion?: 1 | 2 | 3;
}

/** If npm supports more than one lockfile version, each has a project. */
const FURTHER_VERSIONS: readonly (readonly [manager: string, version: 1 | 2])[] = [
  ['npm 11', 1],
  ['npm 11', 2],
];

const SCENARIOS: readonly Scenario[] = ['registry', 'tenant', 'git'];

/** The honest projects, in the order of the table. */
export const BASES: readonly Base[] = MANAGERS.flatMap(({ id, family }) => [
  ...SCENARIOS.map((scenario) => baseOf(id, family, scenario)),
  ...FURTHER_VERSIONS.filter(([manager]) => manager === id).map(([, version]) =>
    baseOf(id, family, 'registry', version),
  ),
]);

function baseOf(manager: string, family: Family, scenario: Scenario, version?: 1 | 2): Base {
  const suffix = version === undefined ? '' : `-v${version}`;
  const id = `${manager.toLowerCase().replace(' ', '-')}${suffix}-${scenario}`;
  return { id, manager, family, scenario, ...(version === undefined ? {} : { lockfileVersion: version }) };
}

export const LOCKFILES: Readonly<Record<Family, string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  'yarn-classic': 'yarn.lock',
  'yarn-berry': 'yarn.lock',
  bun: 'bun.lock',
};

export const REGISTRIES: Readonly<Record<Scenario, string>> = {
  registry: 'https://registry.example.test/',
  tenant: 'https://registry.example.test/acme/npm/',
  git: 'https://registry.example.test/',
};

const GIT = 'git+https://git.example.test';

export const DEPENDENCIES: Readonly<Record<Scenario, Readonly<Record<string, string>>>> = {
  registry: { alpha: '^1.0.0', beta: '^1.0.0', epsilon: '^1.0.0', ms: '^2.1.3', zeta: '^1.0.0' },
  tenant: { alpha: '^1.0.0', beta: '^1.0.0', epsilon: '^1.0.0', ms: '^2.1.3', zeta: '^1.0.0' },
  git: {
    alpha: '^1.0.0',
    beta: '^1.0.0',
    'by-branch': `${GIT}/by-branch.git#main`,
    'by-range': `${GIT}/by-range.git#semver:^1.0.0`,
    'by-tag': `${GIT}/by-tag.git#v1.0.0`,
  },
};

/**
 * Returns the dependencies. Yarn 2 and later use another name for the part after `#`, and Bun does not support
 * ranges there.
 */
function dependenciesOf({ family, scenario }: Base): Readonly<Record<string, string>> {
  const all = { ...DEPENDENCIES[scenario] };
  if (family === 'yarn-berry' && scenario === 'git') all['by-range'] = `${GIT}/by-range.git#semver=^1.0.0`;
  if (family === 'bun') delete all['by-range'];
  return all;
}

/**
 * Changes of the manifest that the manager itself applies to the lockfile. updated: asks for a newer `alpha`, as an
 * honest change would; overridden: a transitive dependency is replaced by another package; aliased: a direct one is.
 * pinned and second-name: the same mechanisms, as projects use them.
 */
export type VariantName = 'updated' | 'overridden' | 'pinned' | 'aliased' | 'second-name';

export function variantsOf({ scenario }: Base): readonly VariantName[] {
  return scenario === 'registry'
    ? ['updated', 'overridden', 'pinned', 'aliased', 'second-name']
    : ['updated'];
}

const REPLACEMENT = 'npm:evil-once@1.4.0';

/** Returns the member of the manifest, or the file, in which a manager's project overrides a dependency of `beta`. */
function overrideOf(
  { family, manager }: Base,
  replacement: string,
): { readonly manifest: object; readonly workspace: string } {
  const overrides = { once: replacement };
  if (family === 'yarn-classic' || family === 'yarn-berry') {
    return { manifest: { resolutions: overrides }, workspace: '' };
  }
  if (family !== 'pnpm') return { manifest: { overrides }, workspace: '' };
  if (manager === 'pnpm 9') return { manifest: { pnpm: { overrides } }, workspace: '' };
  return { manifest: {}, workspace: `overrides:\n  once: ${replacement}\n` };
}

/** Returns the manifest and the configuration that a person writes; the lockfile is the manager's. */
export function writtenFiles(base: Base, variant?: VariantName): Readonly<Record<string, string>> {
  const { family, scenario, manager } = base;
  const registry = REGISTRIES[scenario];
  const dependencies = { ...dependenciesOf(base) };
  if (variant === 'updated') dependencies.alpha = '^2.0.0';
  if (variant === 'aliased') dependencies.ms = 'npm:evil-ms@^2.1.3';
  if (variant === 'second-name') dependencies['ms-2'] = 'npm:ms@^2.1.3';
  const replacement = { overridden: REPLACEMENT, pinned: '1.4.0' }[variant as string];
  const override = replacement === undefined ? undefined : overrideOf(base, replacement);
  const manifest = { name: 'shop', version: '1.0.0', private: true, dependencies, ...override?.manifest };
  const files: Record<string, string> = { 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n` };
  if (override !== undefined && override.workspace !== '') files['pnpm-workspace.yaml'] = override.workspace;
  switch (family) {
    case 'npm': {
      // npm 12 installs nothing from git unless the project permits it.
      const git = scenario === 'git' && manager === 'npm 12' ? 'allow-git=all\n' : '';
      files['.npmrc'] = `registry=${registry}\n${git}`;
      break;
    }
    case 'pnpm':
    case 'yarn-classic':
      files['.npmrc'] = `registry=${registry}\n`;
      break;
    case 'yarn-berry': {
      const approved = scenario === 'git' && manager === 'Yarn 4';
      const git = approved ? 'approvedGitRepositories:\n  - "https://git.example.test/**"\n' : '';
      files['.yarnrc.yml'] = `${git}nodeLinker: node-modules\nnpmRegistryServer: "${registry}"\n`;
      break;
    }
    case 'bun':
      files['bunfig.toml'] = `[install]\nregistry = "${registry}"\n`;
  }
  return files;
}

/** Returns the arguments of the install that writes the lockfile. */
export function lockArguments({ family, lockfileVersion }: Base): readonly string[] {
  switch (family) {
    case 'npm':
      return [
        'install',
        '--package-lock-only',
        '--ignore-scripts',
        '--omit-lockfile-registry-resolved=false',
        ...(lockfileVersion === undefined ? [] : [`--lockfile-version=${lockfileVersion}`]),
      ];
    case 'pnpm':
      return ['install', '--lockfile-only', '--ignore-scripts', '--no-frozen-lockfile'];
    case 'yarn-classic':
      return ['install', '--ignore-scripts', '--no-progress'];
    case 'yarn-berry':
      return ['install', '--mode=skip-build'];
    case 'bun':
      return ['install', '--lockfile-only', '--ignore-scripts'];
  }
}

/** Arguments of an install in CI. */
export const FROZEN: Readonly<Record<Family, readonly string[]>> = {
  npm: ['ci'],
  pnpm: ['install', '--frozen-lockfile'],
  'yarn-classic': ['install', '--frozen-lockfile', '--no-progress'],
  'yarn-berry': ['install', '--immutable'],
  bun: ['install', '--frozen-lockfile'],
};
