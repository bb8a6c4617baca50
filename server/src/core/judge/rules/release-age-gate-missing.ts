import { type SettingsFile, settingLines, shownSetting } from '../../read/config/setting-lines.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import {
  type CooldownFault,
  type CorrectSetting,
  cooldownFaults,
} from '../../read/manager/cooldown-faults.ts';
import { DAY, MINUTE } from '../../read/manager/cooldown-settings.ts';
import { cooldownKeyIn, specOf } from '../../read/manager/managers.ts';
import { isUnlikelyAge } from '../../read/manager/meant-age.ts';
import type { CooldownHome, CooldownSupport } from '../../read/manager/model/cooldown.ts';
import { isFrom } from '../../read/manager/version.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { describeWait } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import { removeMembers, removeSetting } from '../../read/project/remove-setting.ts';
import { appendLines } from '../../read/text/edit.ts';
import type { Fix } from '../../read/text/finding.ts';
import { joinUri, nameOf, parentUri } from '../../read/text/paths/uri.ts';
import { START } from '../../read/text/span.ts';
import { defaultReleaseAge } from '../changes/manager-defaults.ts';
import { defineRule, type FixContext, type Found } from '../check/rule.ts';

/**
 * The units, keys and first versions are in `read/manager/<name>/cooldown.ts`, and the mistakes are those of public
 * projects. A project without any cooldown is not reported unless its policy requires one. Known false alarms: a .npmrc
 * for npm in a project of another package manager, whose contributors use both.
 */
type Missing =
  | ({ readonly type: 'fault'; readonly fault: Plain<CooldownFault>; readonly shown: string } & Reader)
  | {
      readonly type: 'disagrees';
      readonly manager: string;
      readonly age: number;
      readonly bot: { readonly name: string; readonly age: number; readonly fileName: string };
      /** The setting with the length of the bot, if that is the longer one. */
      readonly correct: CorrectSetting | undefined;
    }
  | {
      readonly type: 'required';
      readonly manager: string;
      readonly days: number;
      /** The configured or default one in milliseconds. */
      readonly age: number;
      /** Undefined if the version can be configured. */
      readonly since: string | undefined;
    };

/** A fault without the functions of its package manager: data is printed, and compared. */
type Plain<Fault> = Fault extends unknown ? Omit<Fault, 'reader' | 'span'> : never;

/** The package manager that a fault is about. */
interface Reader extends Pick<CooldownSupport, 'unit' | 'isNumber' | 'since'> {
  readonly manager: string;
  readonly home: CooldownHome;
}

/** The limit for a setting in a message. */
const LONGEST = 80;

const OPTIONS = {
  days: {
    type: 'number',
    default: 0,
    stricter: 'more',
    description:
      'The shortest cooldown, in days, that the project has to configure in its package manager. 0 requires none.',
  },
} as const;

export const releaseAgeGateMissing = defineRule<Missing, typeof OPTIONS>({
  id: 'release-age-gate-missing',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: OPTIONS,
  docs: {
    summary: 'A cooldown setting that sets no cooldown, or another one than it appears to set.',
    why: `Most hijacked releases are found within days. A cooldown keeps them out, but each package manager has its own key,
unit and first version:

| Package manager | Setting | Unit | Since |
| --- | --- | --- | --- |
| npm | \`min-release-age\` in .npmrc | days | 11.10 |
| pnpm | \`minimumReleaseAge\` in pnpm-workspace.yaml | minutes | 10.16 |
| Yarn | \`npmMinimalAgeGate\` in .yarnrc.yml | minutes, or a suffix such as \`3d\` | 4.10 |
| Bun | \`minimumReleaseAge\` in \`[install]\` of bunfig.toml | seconds | 1.3 |

The rule reports:

- a value that the package manager rejects, such as \`3d\` for npm
- a value in another unit, such as 1 minute for pnpm, or 4320 days for npm
- the key of another package manager, a misspelled key, and a key in a file in which it is not read
- a version of the package manager that does not know the setting
- a list of exemptions that covers every package
- \`trustPolicyIgnoreAfter\` of pnpm if it is not above the cooldown, which leaves \`trustPolicy\` nothing to check

The rule also reports as information that Dependabot or Renovate has another cooldown than the package manager.

A project without a cooldown is reported only if the option \`days\` requires one.`,
    bad: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
min-release-age=3d
^^^^^^^^^^^^^^^^^^ release-age-gate-missing
`,
    good: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
min-release-age=3
`,
  },
  check: {
    *manifest(file, { project, options }) {
      if (options.days > 0) yield* required(file, project, options.days);
    },
    npmrc: (file, { project }) => faultsIn(file, project),
    pnpmWorkspace: (file, { project }) => faultsIn(file, project),
    yarnrc: (file, { project }) => faultsIn(file, project),
    bunfig: (file, { project }) => faultsIn(file, project),
  },
  message({ data }) {
    switch (data.type) {
      case 'fault':
        return faultMessage(data);
      case 'disagrees':
        return disagreementMessage(data);
      case 'required':
        return requiredMessage(data);
    }
  },
  *fix({ data }, context) {
    if (data.type === 'fault') yield* fixFault(data, context);
    if (data.type === 'disagrees') yield* fixDisagreement(data.correct, context);
  },
});

function* faultsIn(file: SettingsFile, project: Project): Generator<Found<Missing>> {
  const faults = cooldownFaults(file, project);
  if (faults.length === 0) yield* disagreement(file, project);
  for (const fault of faults) {
    const { reader, span, ...plain } = fault;
    const { line } = fault;
    const { home, unit, isNumber, since } = reader.cooldown;
    const shown = line === undefined ? '' : shownSetting(file.kind, line.key, line.value);
    if (home === undefined) continue;
    const about: Reader = { manager: reader.title, home, unit, isNumber, since };
    yield { span, data: { type: 'fault', fault: plain, shown: shownText(shown, LONGEST), ...about } };
  }
}

/** Reports the first bot whose cooldown differs from the one that a file configures. */
function* disagreement(file: SettingsFile, project: Project): Generator<Found<Missing>> {
  const { bots, manager } = project;
  if (bots.length === 0) return;
  const { cooldown, title } = specOf(manager);
  const configured = cooldown.configured(project);
  const isHere = configured?.source.type === 'configuration' && configured.source.uri === file.uri;
  if (!isHere || configured.wait === 0 || configured.source.type !== 'configuration') return;
  const age = configured.wait;
  // The files of bots are at the top of the repository, as this project is.
  const bot = bots.find((each) => each.age !== age && (each.folders?.includes('') ?? true));
  if (bot === undefined || bot.age === 0) return;
  const value = bot.age > age ? cooldown.writeAge(bot.age) : undefined;
  const correct = value === undefined ? undefined : { home: cooldown.home!, value, age: bot.age };
  const { uri, span } = bot;
  const proposer = { name: bot.bot, age: bot.age, fileName: nameOf(uri) };
  yield {
    span: configured.source.span,
    severity: 'information',
    data: { type: 'disagrees', manager: title, age, bot: proposer, correct },
    related: [{ uri, span, message: `This sets the cooldown of ${bot.bot}.` }],
  };
}

function disagreementMessage({ manager, age, bot }: Extract<Missing, { type: 'disagrees' }>): string {
  const own = `${manager} has a cooldown of ${describeWait({ wait: age })} here`;
  const other = `${bot.name} one of ${describeWait({ wait: bot.age })} in ${bot.fileName}`;
  const effect = bot.age < age ? `, so it proposes versions that ${manager} does not install` : '';
  return `${own}, and ${other}${effect}. Use the same length in both.`;
}

function* fixDisagreement(correct: CorrectSetting | undefined, context: FixContext): Generator<Fix> {
  const file = context.file as SettingsFile;
  const key = cooldownKeyIn(file, specOf(context.project.manager), context.project.manager.version);
  const line = settingLines(file).findLast((each) => each.key === key);
  if (correct === undefined || line === undefined || correct.home.kind !== file.kind) return;
  const edits = [{ uri: context.uri, span: line.valueSpan, newText: correct.value }];
  yield { title: writeClause(correct), applicability: 'unsafe', edits };
}

type FaultData = Extract<Missing, { type: 'fault' }>;

function faultMessage(data: FaultData): string {
  const { fault, shown, manager: title, home, unit, since } = data;
  const { correct } = fault;
  const write = correct === undefined ? `Use ${home.key}.` : `${writeClause(correct)}.`;
  switch (fault.type) {
    case 'unreadable':
      return `"${shown}" sets no cooldown, because ${title} reads ${valueWords(data)}. ${write}`;
    case 'unlikely': {
      const length = describeWait({ wait: fault.age });
      const check = correct === undefined ? 'Check the unit.' : write;
      return `"${shown}" is a cooldown of ${length}, because ${title} counts in ${unit}s. ${check}`;
    }
    case 'foreign':
      return `"${shown}" sets no cooldown, because it is no setting of ${title}, which reads ${home.key}. ${write}`;
    case 'misspelled':
      return `"${shown}" sets no cooldown, because ${title} has no such setting. ${write}`;
    case 'elsewhere':
      return `"${shown}" sets no cooldown, because ${title} reads its cooldown from ${home.fileName}. ${write}`;
    case 'too-old':
      return `"${shown}" sets no cooldown, because ${title} ${fault.version} does not know it. Update to ${title} ${since} or later.`;
    case 'exempts-all':
      return `"${shownText(fault.item, LONGEST)}" exempts every package from the cooldown, which then has no effect. List single packages or scopes.`;
    case 'too-small':
      return `"${shown}" leaves ${fault.policy} nothing to check, because the cooldown of ${describeWait({ wait: fault.cooldown })} keeps out all younger versions. Set a longer time.`;
  }
}

function valueWords({ isNumber, unit }: FaultData): string {
  if (isNumber) return `a plain number of ${unit}s`;
  return `a number of ${unit}s, or one with a suffix such as 3d`;
}

/** Formats `Write "minimumReleaseAge: 4320" in pnpm-workspace.yaml for 3 days`. */
function writeClause({ home, value, age }: CorrectSetting): string {
  return `Write "${shownSetting(home.kind, home.key, value)}" in ${home.fileName} for ${describeWait({ wait: age })}`;
}

function* fixFault({ fault, unit }: FaultData, context: FixContext): Generator<Fix> {
  const { correct, line } = fault;
  const file = context.file as SettingsFile;
  if (correct === undefined || line === undefined || fault.type === 'too-old') return;
  const { home, value } = correct;
  // A number in another unit is only probably meant.
  const isGuess = isUnlikelyAge(Number(line.value), unit) !== undefined;
  const isCertain = fault.type === 'unreadable' || (fault.type === 'misspelled' && !isGuess);
  const applicability = isCertain ? 'safe' : 'unsafe';
  if (home.kind === file.kind) {
    const isValue = fault.type === 'unreadable' || fault.type === 'unlikely';
    const [span, newText] = isValue
      ? [line.valueSpan, value]
      : [line.span, shownSetting(home.kind, home.key, value)];
    yield { title: writeClause(correct), applicability, edits: [{ uri: context.uri, span, newText }] };
    return;
  }
  const uri = joinUri(context.project.root, home.fileName);
  const removed =
    file.kind === 'bunfig'
      ? removeMembers(file.text, file.install, ({ key }) => key === line.key)
      : removeSetting(file, line.key);
  const text = context.text(uri);
  // A file with its own faults may hold the setting in a form that was not read.
  if (removed.length === 0 || hasProblems(context.project, home.kind) || home.kind === 'bunfig') return;
  const added = appendLines(text ?? '', [shownSetting(home.kind, home.key, value)]);
  yield {
    title: `${writeClause(correct)}, and delete "${shownText(line.key, LONGEST)}"`,
    applicability: 'unsafe',
    edits: [{ uri, ...added }, ...removed.map((edit) => ({ uri: context.uri, ...edit }))],
  };
}

function hasProblems({ pnpmWorkspace, yarnrcs, bunfig }: Project, kind: SettingsFile['kind']): boolean {
  return [pnpmWorkspace, bunfig, ...yarnrcs].some((file) => file?.kind === kind && file.problems.length > 0);
}

function* required(file: Manifest, project: Project, days: number): Generator<Found<Missing>> {
  const { manager, root } = project;
  const { cooldown, title } = specOf(manager);
  if (parentUri(file.uri) !== root || cooldown.home === undefined) return;
  const configured = cooldown.configured(project);
  if (configured?.before !== undefined) return;
  const age = configured?.wait ?? defaultReleaseAge(project) * MINUTE;
  if (age >= days * DAY) return;
  const isOld = manager.version !== undefined && !isFrom(manager.version, cooldown.since);
  const span = file.packageManager?.span ?? file.name?.span ?? START;
  const data = {
    type: 'required',
    manager: title,
    days,
    age,
    since: isOld ? cooldown.since : undefined,
  } as const;
  yield { span, data };
}

function requiredMessage({ manager, days, age, since }: Extract<Missing, { type: 'required' }>): string {
  const has = age === 0 ? 'no cooldown' : `a cooldown of ${describeWait({ wait: age })}`;
  const needs = `this project requires ${describeWait({ wait: days * DAY })}`;
  const todo =
    since === undefined
      ? 'Set a longer one.'
      : `Update to ${manager} ${since} or later, which have a setting.`;
  return `${manager} has ${has} here, and ${needs}. ${todo}`;
}
