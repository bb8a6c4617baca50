import type { Manager } from '../attacks/managers.ts';
import { type More, SCRIPTED } from './marker-project.ts';

/** A setting, and whether the real package manager runs the script with it. */
export interface SettingCase extends More {
  readonly manager: Manager;
  /** What is set, for the table. */
  readonly what: string;
  readonly runs: boolean;
  /** The rule that reports it. */
  readonly rule: 'script-policy-ineffective' | 'install-scripts-unrestricted';
}

const NPM_11: Manager = { id: 'npm 11', family: 'npm', spec: 'npm@11' };
const NPM_12: Manager = { id: 'npm 12', family: 'npm', spec: 'npm@12' };
const PNPM_10: Manager = { id: 'pnpm 10', family: 'pnpm', spec: 'pnpm@10' };
const PNPM_10_20: Manager = { id: 'pnpm 10.20', family: 'pnpm', spec: 'pnpm@~10.20.0' };
const PNPM_11: Manager = { id: 'pnpm 11', family: 'pnpm', spec: 'pnpm@11' };
const YARN_4: Manager = { id: 'Yarn 4', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@4' };

const IGNORED = { runs: false, rule: 'script-policy-ineffective' } as const;
const FREE = { runs: true, rule: 'install-scripts-unrestricted' } as const;

const npm = (what: string, allowScripts: object): SettingCase => ({
  ...{ manager: NPM_12, what: `\`allowScripts\` with ${what}`, manifest: { allowScripts } },
  ...IGNORED,
});
const pnpm = (
  manager: Manager,
  what: string,
  text: string,
  rest: typeof IGNORED | typeof FREE,
): SettingCase => ({
  ...{ manager, what: `\`${what}\``, files: { 'pnpm-workspace.yaml': text } },
  ...rest,
});
const npmrc = (manager: Manager, line: string): SettingCase => ({
  ...{ manager, what: `\`${line}\``, files: { '.npmrc': `${line}\n` } },
  ...FREE,
});

/** Settings without the effect that they seem to have, and settings that let everything run. */
export const SETTINGS: readonly SettingCase[] = [
  npm('a range', { [`${SCRIPTED}@^1.0.0`]: true }),
  npm('a text as value', { [SCRIPTED]: 'yes' }),
  {
    ...npm('an alias', { short: true }),
    manifest: { dependencies: { short: `npm:${SCRIPTED}@1.0.0` }, allowScripts: { short: true } },
  },
  {
    ...npm('a member', {}),
    what: '`allowScripts` in a workspace member',
    manifest: { dependencies: {}, workspaces: ['a'] },
    files: {
      'a/package.json': JSON.stringify({
        ...{ name: 'a', version: '1.0.0', dependencies: { [SCRIPTED]: '1.0.0' } },
        allowScripts: { [SCRIPTED]: true },
      }),
    },
  },
  {
    ...npm('another', { 'other@1.0.0': true }),
    what: '`allow-scripts` beside `allowScripts`',
    files: { '.npmrc': `allow-scripts=${SCRIPTED}\n` },
  },
  {
    ...{ manager: NPM_12, what: '`trustedDependencies`', manifest: { trustedDependencies: [SCRIPTED] } },
    ...IGNORED,
  },
  pnpm(PNPM_10_20, 'allowBuilds', `allowBuilds:\n  ${SCRIPTED}: true\n`, IGNORED),
  pnpm(PNPM_11, 'onlyBuiltDependencies', `onlyBuiltDependencies:\n  - ${SCRIPTED}\n`, IGNORED),
  {
    ...{ manager: PNPM_11, what: '`pnpm.onlyBuiltDependencies` in package.json' },
    ...{ manifest: { pnpm: { onlyBuiltDependencies: [SCRIPTED] } }, ...IGNORED },
  },
  {
    ...pnpm(PNPM_11, '', `allowBuilds:\n  ${SCRIPTED}@^1.0.0: true\n`, IGNORED),
    what: '`allowBuilds` with a range',
  },
  {
    ...{ manager: YARN_4, what: '`dependenciesMeta` with a range' },
    ...{ manifest: { dependenciesMeta: { [`${SCRIPTED}@^1.0.0`]: { built: true } } }, ...IGNORED },
  },
  npmrc(NPM_11, 'dangerously-allow-all-scripts=true'),
  {
    ...npmrc(NPM_12, 'dangerously-allow-all-scripts=true'),
    what: '`dangerously-allow-all-scripts=true` with a denial in `allowScripts`',
    manifest: { allowScripts: { [SCRIPTED]: false } },
  },
  npmrc(PNPM_10, 'dangerously-allow-all-builds=true'),
  pnpm(PNPM_11, 'dangerouslyAllowAllBuilds: true', 'dangerouslyAllowAllBuilds: true\n', FREE),
  {
    ...{ manager: YARN_4, what: '`enableScripts: true`' },
    ...{ files: { '.yarnrc.yml': 'enableScripts: true\n' }, ...FREE },
  },
];
