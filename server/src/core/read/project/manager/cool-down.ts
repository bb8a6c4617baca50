import semver from 'semver';
import type { ConfigMember, ConfigNode } from '../../config/tree/config-tree.ts';
import type { PackageManager, PackageManagerName } from '../../manager/package-manager.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { Project } from '../project.ts';
import { type CoolDownExemption, exemptionsOf } from './cool-down-exemptions.ts';
import { releaseAge, unitOf } from './release-age.ts';

/** What says how long to wait. */
export type CoolDownSource =
  /** A line of a package manager's configuration. */
  | { readonly type: 'configuration'; readonly key: string; readonly uri: Uri; readonly span: Span }
  | { readonly type: 'environment'; readonly variable: string }
  /** The option `days` of the rule `fresh-version` in dependency-hygiene.json. */
  | { readonly type: 'policy'; readonly uri: Uri | undefined; readonly span: Span | undefined }
  /** What the package manager of the project does where nothing is configured. */
  | { readonly type: 'manager'; readonly manager: PackageManagerName }
  | { readonly type: 'default' };

/**
 * How old a version has to be before this project takes it. The time in which most hijacked releases are found and
 * taken back is thereby let pass.
 */
export interface CoolDown {
  /** Milliseconds since the publication; 0 where the project does not wait. */
  readonly wait: number;
  /** Of npm's `before`: versions published after this instant are not taken, however old they are. */
  readonly before: number | undefined;
  readonly source: CoolDownSource;
  /** Packages, or versions of them, that the configuration lets through at once. */
  readonly exemptions: readonly CoolDownExemption[];
}

/** unknown: the registry says no time of publication that can be believed. */
export type CoolDownAnswer = 'passes' | 'exempt' | 'waits' | 'unknown';

/** Days to wait where neither the project nor its package manager says anything. */
export const DEFAULT_DAYS = 3;
const DAY = 86_400_000;

/**
 * The cooldown in force: what the configuration of the project's own package manager says, else the policy, else what
 * the package manager does by itself, else three days. A configuration that says 0 turns it off, unless the policy says
 * more.
 */
export function coolDownOf(project: Project): CoolDown {
  const configured = configuredOf(project);
  if (configured !== undefined && (configured.wait > 0 || configured.before !== undefined)) return configured;
  const days = policyDays(project);
  if (days !== undefined) {
    const { uri, rules } = project.policy;
    const span = rules.get('fresh-version')?.optionSpans.get('days')?.value;
    return coolDown(days * DAY, { type: 'policy', uri, span });
  }
  if (configured !== undefined) return configured;
  const wait = managerDefault(project.manager);
  if (wait !== undefined) return coolDown(wait, { type: 'manager', manager: project.manager.name }, project);
  return coolDown(DEFAULT_DAYS * DAY, { type: 'default' });
}

/**
 * Whether a version may be taken.
 * @param publishedAt milliseconds since 1970, undefined where it is not known
 * @param now milliseconds since 1970
 */
export function askCoolDown(
  { wait, before, exemptions }: CoolDown,
  name: string,
  version: string,
  publishedAt: number | undefined,
  now: number,
): CoolDownAnswer {
  if (wait === 0 && before === undefined) return 'passes';
  if (exemptions.some((exemption) => exemption.covers(name, version))) return 'exempt';
  if (publishedAt === undefined) return 'unknown';
  if (before !== undefined && publishedAt > before) return 'waits';
  return now - publishedAt < wait ? 'waits' : 'passes';
}

/** Two cooldowns with the same key let the same versions pass. */
export function coolDownKey({ wait, before, exemptions }: CoolDown): string {
  return [wait, before ?? '', ...exemptions.map(({ text }) => text)].join('\n');
}

/** The length for people: "3 days", "12 hours". */
export function waitWords({ wait }: Pick<CoolDown, 'wait'>): string {
  const [count, unit] = unitOf(wait);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function coolDown(wait: number, source: CoolDownSource, project?: Project, before?: number): CoolDown {
  return { wait, before, source, exemptions: project === undefined ? [] : exemptionsOf(project) };
}

/** The first version of each that knows its setting; an older one ignores the line. */
const FIRST_WITH_SETTING: Readonly<Record<PackageManagerName, string>> = {
  npm: '11.10.0',
  pnpm: '10.16.0',
  yarn: '4.10.0',
  bun: '1.3.0',
};

function configuredOf(project: Project): CoolDown | undefined {
  switch (project.manager.name) {
    case 'npm':
      return ofNpm(project);
    case 'pnpm':
      return ofPnpm(project);
    case 'yarn':
      return ofYarn(project);
    case 'bun':
      return ofBun(project);
  }
}

/** npm refuses both settings in one file; where they come from different ones, `before` alone counts. */
function ofNpm(project: Project): CoolDown | undefined {
  const before = project.npmConfig.get('before');
  const instant = before === undefined ? Number.NaN : Date.parse(before.value);
  if (before !== undefined && !Number.isNaN(instant)) {
    return coolDown(0, npmSource('before', before), project, instant);
  }
  const age = knowsSetting(project.manager) ? project.npmConfig.get('min-release-age') : undefined;
  const wait = age === undefined ? undefined : releaseAge(age.value, 'npm');
  return wait === undefined ? undefined : coolDown(wait, npmSource('min-release-age', age!), project);
}

function npmSource(
  key: string,
  { source }: NonNullable<ReturnType<Project['npmConfig']['get']>>,
): CoolDownSource {
  switch (source.type) {
    case 'file':
    case 'config':
      return { type: 'configuration', key, uri: source.uri, span: source.span };
    case 'environment':
      return { type: 'environment', variable: source.variable };
    case 'default':
      return { type: 'default' };
  }
}

/** pnpm up to 10 reads its settings from .npmrc files too; which version it is need not be known. */
function ofPnpm(project: Project): CoolDown | undefined {
  if (!knowsSetting(project.manager)) return undefined;
  const key = 'minimumReleaseAge';
  const file = project.pnpmWorkspace;
  const found = file === undefined ? undefined : fromMember(file.uri, file.setting(key), key, project);
  if (found !== undefined || isAtLeast(project.manager, '11.0.0')) return found;
  const setting = project.npmConfig.get('minimum-release-age');
  const wait = setting === undefined ? undefined : releaseAge(setting.value, 'pnpm');
  return wait === undefined ? undefined : coolDown(wait, npmSource('minimum-release-age', setting!), project);
}

/** The nearest file that says it; Yarn 1 knows no such setting. */
function ofYarn(project: Project): CoolDown | undefined {
  if (!knowsSetting(project.manager)) return undefined;
  const key = 'npmMinimalAgeGate';
  for (const file of project.yarnrcs) {
    if (file.dialect !== 'berry') continue;
    const found = fromMember(file.uri, file.setting(key), key, project);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofBun(project: Project): CoolDown | undefined {
  const key = 'minimumReleaseAge';
  const { bunfig } = project;
  if (bunfig === undefined || !knowsSetting(project.manager)) return undefined;
  return fromMember(bunfig.uri, bunfig.setting('install', key), key, project);
}

function fromMember(
  uri: Uri,
  member: ConfigMember | undefined,
  key: string,
  project: Project,
): CoolDown | undefined {
  const wait = releaseAge(textOf(member?.value), project.manager.name);
  if (member?.value === undefined || wait === undefined) return undefined;
  const span = { start: member.keySpan.start, end: member.value.span.end };
  return coolDown(wait, { type: 'configuration', key, uri, span }, project);
}

function textOf(node: ConfigNode | undefined): string | undefined {
  if (node?.type !== 'scalar') return undefined;
  return typeof node.value === 'string' ? node.value : node.text;
}

/** Undefined where the project's file does not say it, or says something that is no number of days. */
function policyDays({ policy }: Project): number | undefined {
  const days = policy.rules.get('fresh-version')?.options.days;
  return typeof days === 'number' && Number.isFinite(days) && days >= 0 ? days : undefined;
}

/** What newer versions wait without being told to; of a version that is not known, nothing. */
function managerDefault(manager: PackageManager): number | undefined {
  if (manager.name === 'pnpm' && isAtLeast(manager, '11.0.0')) return DAY;
  if (manager.name === 'yarn' && isAtLeast(manager, '4.17.0')) return DAY;
  return undefined;
}

/** Whether the version of the project's manager reads the setting; one that is not known may. */
function knowsSetting({ name, version }: PackageManager): boolean {
  return version === undefined || semver.gte(version, FIRST_WITH_SETTING[name]);
}

function isAtLeast({ version }: PackageManager, least: string): boolean {
  return version !== undefined && semver.gte(version, least);
}
