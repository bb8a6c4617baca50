import type { Manager } from '../attacks/managers.ts';

/** A line that a finding is about, and what the package manager reads after its fix. */
export interface FixedSetting {
  readonly file: string;
  readonly line: string;
  readonly rule: string;
  readonly key: string;
  readonly reads: string;
}

/** The settings of one package manager. */
export interface SettingsCase {
  readonly manager: Manager;
  /** The settings that `dephygiene init --write` adds, as the package manager reads them. */
  readonly baseline: Readonly<Record<string, string>>;
  readonly fixed: readonly FixedSetting[];
}

const fixed =
  (file: string) =>
  (line: string, rule: string, key: string, reads: string): FixedSetting => ({
    file,
    line,
    rule,
    key,
    reads,
  });
const npmrc = fixed('.npmrc');
const pnpm = fixed('pnpm-workspace.yaml');
const yarn = fixed('.yarnrc.yml');
const yarn1 = fixed('.yarnrc');

const OF_NPM: readonly FixedSetting[] = [
  npmrc('ignore-script=true', 'config-key-unknown', 'ignore-scripts', 'true'),
  npmrc('registry=http://npm.acme.test/', 'insecure-url', 'registry', 'https://npm.acme.test/'),
  npmrc('strict-ssl=false', 'tls-verification-disabled', 'strict-ssl', 'true'),
  npmrc('legacy-peer-deps=true', 'protection-weakened', 'legacy-peer-deps', 'false'),
];
const GATE_OF_NPM: readonly FixedSetting[] = [
  npmrc('min-release-age=3d', 'release-age-gate-missing', 'min-release-age', '3'),
  npmrc('min-release-age=72h', 'release-age-gate-missing', 'min-release-age', '3'),
  npmrc(
    'dangerously-allow-all-scripts=true',
    'install-scripts-unrestricted',
    'dangerously-allow-all-scripts',
    'false',
  ),
];
const OF_PNPM: readonly FixedSetting[] = [
  pnpm('minimumReleaseAge: 3', 'release-age-gate-missing', 'minimumReleaseAge', '4320'),
  pnpm('minimumReleaseAge: 3d', 'release-age-gate-missing', 'minimumReleaseAge', '4320'),
  pnpm('saveExatc: true', 'config-key-unknown', 'saveExact', 'true'),
];
const OF_YARN: readonly FixedSetting[] = [
  yarn('enableStrictSsl: false', 'tls-verification-disabled', 'enableStrictSsl', 'true'),
  yarn(
    'npmRegistryServer: "http://npm.acme.test/"',
    'insecure-url',
    'npmRegistryServer',
    'https://npm.acme.test/',
  ),
  yarn('enableInlineBuild: true', 'config-key-unknown', 'enableInlineBuilds', 'true'),
];

function one(
  id: string,
  family: Manager['family'],
  spec: string,
  baseline: SettingsCase['baseline'],
  ...of: readonly FixedSetting[]
): SettingsCase {
  return { manager: { id, family, spec }, baseline, fixed: of };
}

/** Bun prints no settings. */
export const SETTINGS: readonly SettingsCase[] = [
  one('npm 10', 'npm', 'npm@10', { 'ignore-scripts': 'true', 'save-exact': 'true' }, ...OF_NPM),
  one(
    ...(['npm 11', 'npm', 'npm@11'] as const),
    { 'strict-allow-scripts': 'true', 'min-release-age': '3', 'save-exact': 'true' },
    ...[...OF_NPM, ...GATE_OF_NPM],
  ),
  one(
    ...(['npm 12', 'npm', 'npm@12'] as const),
    { 'min-release-age': '3', 'save-exact': 'true' },
    ...[...OF_NPM, ...GATE_OF_NPM],
    npmrc('allow-git=all', 'protection-weakened', 'allow-git', 'none'),
  ),
  one('pnpm 9', 'pnpm', 'pnpm@9', { 'ignore-scripts': 'true', 'save-exact': 'true' }),
  one(
    ...(['pnpm 10', 'pnpm', 'pnpm@10'] as const),
    {
      ...{ minimumReleaseAge: '4320', trustPolicy: 'no-downgrade', blockExoticSubdeps: 'true' },
      ...{ strictDepBuilds: 'true', savePrefix: '' },
    },
    ...OF_PNPM,
  ),
  ...(['11', '12'] as const).map((major) =>
    one(
      ...([`pnpm ${major}`, 'pnpm', `pnpm@${major}`] as const),
      { minimumReleaseAge: '4320', trustPolicy: 'no-downgrade', savePrefix: '' },
      ...OF_PNPM,
      npmrc('minimum-release-age=4320', 'release-age-gate-missing', 'minimumReleaseAge', '4320'),
      npmrc('save-exact=true', 'config-key-unknown', 'saveExact', 'true'),
    ),
  ),
  one(
    ...(['Yarn 1', 'yarn-classic', 'yarn@1.22.22'] as const),
    { 'ignore-scripts': 'true', 'save-prefix': '' },
    yarn1('strict-ssl false', 'tls-verification-disabled', 'strict-ssl', 'true'),
    yarn1('registry "http://npm.acme.test/"', 'insecure-url', 'registry', 'https://npm.acme.test/'),
  ),
  one(
    ...(['Yarn 3', 'yarn-berry', '@yarnpkg/cli-dist@3'] as const),
    { enableScripts: 'false', defaultSemverRangePrefix: '' },
    ...OF_YARN,
  ),
  one(
    ...(['Yarn 4', 'yarn-berry', '@yarnpkg/cli-dist@4'] as const),
    { npmMinimalAgeGate: '4320', defaultSemverRangePrefix: '' },
    ...OF_YARN,
    yarn('npmMinimalAgeGate: 7', 'release-age-gate-missing', 'npmMinimalAgeGate', '10080'),
    yarn('enableScripts: true', 'install-scripts-unrestricted', 'enableScripts', 'false'),
  ),
];
