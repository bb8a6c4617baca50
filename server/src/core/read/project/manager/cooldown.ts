import { DAY } from '../../manager/cooldown-settings.ts';
import { specOf } from '../../manager/managers.ts';
import type { ConfiguredCooldown, CooldownExemption, CooldownSetting } from '../../manager/model/cooldown.ts';
import type { PackageManagerName } from '../../manager/package-manager.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import { unitOf } from '../../text/words/length-of-time.ts';
import type { Project } from '../project.ts';

/** What says how long to wait. */
export type CooldownSource =
  | CooldownSetting
  /** The option `days` of the rule `fresh-version` in dependency-hygiene.json. */
  | { readonly type: 'policy'; readonly uri: Uri | undefined; readonly span: Span | undefined }
  /** What the package manager of the project does where nothing is configured. */
  | { readonly type: 'manager'; readonly manager: PackageManagerName };

/**
 * How old a version has to be before this project takes it. The time in which most hijacked releases are found and
 * taken back is thereby let pass.
 */
export interface Cooldown extends Omit<ConfiguredCooldown, 'source'> {
  readonly source: CooldownSource;
  /** Packages, or versions of them, that the configuration lets through at once. */
  readonly exemptions: readonly CooldownExemption[];
}

/** unknown: the registry says no time of publication that can be believed. */
export type CooldownAnswer = 'passes' | 'exempt' | 'waits' | 'unknown';

/** Days to wait where neither the project nor its package manager says anything. */
export const DEFAULT_DAYS = 3;

/**
 * The cooldown in force: what the configuration of the project's own package manager says, else the policy, else what
 * the package manager does by itself, else three days. A configuration that says 0 turns it off, unless the policy says
 * more.
 */
export function cooldownOf(project: Project): Cooldown {
  const { configured: configuredIn, defaultAge, exemptions } = specOf(project.manager).cooldown;
  const found = configuredIn(project);
  const configured = found === undefined ? undefined : { ...found, exemptions: exemptions(project) };
  if (configured !== undefined && (configured.wait > 0 || configured.before !== undefined)) return configured;
  const days = policyDays(project);
  if (days !== undefined) {
    const { uri, rules } = project.policy;
    const span = rules.get('fresh-version')?.optionSpans.get('days')?.value;
    return plainCooldown(days * DAY, { type: 'policy', uri, span });
  }
  if (configured !== undefined) return configured;
  const { name, version } = project.manager;
  const wait = defaultAge(version);
  return wait === undefined
    ? plainCooldown(DEFAULT_DAYS * DAY, { type: 'default' })
    : { ...plainCooldown(wait, { type: 'manager', manager: name }), exemptions: exemptions(project) };
}

/**
 * Whether a version may be taken.
 * @param publishedAt milliseconds since 1970, undefined where it is not known
 * @param now milliseconds since 1970
 */
export function askCooldown(
  { wait, before, exemptions }: Cooldown,
  name: string,
  version: string,
  publishedAt: number | undefined,
  now: number,
): CooldownAnswer {
  if (wait === 0 && before === undefined) return 'passes';
  if (exemptions.some((exemption) => exemption.covers(name, version))) return 'exempt';
  if (publishedAt === undefined) return 'unknown';
  if (before !== undefined && publishedAt > before) return 'waits';
  return now - publishedAt < wait ? 'waits' : 'passes';
}

/** Two cooldowns with the same key let the same versions pass. */
export function cooldownKey({ wait, before, exemptions }: Cooldown): string {
  return [wait, before ?? '', ...exemptions.map(({ text }) => text)].join('\n');
}

/** The length for people: "3 days", "12 hours". */
export function describeWait({ wait }: Pick<Cooldown, 'wait'>): string {
  const [count, unit] = unitOf(wait);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function plainCooldown(wait: number, source: CooldownSource): Cooldown {
  return { wait, before: undefined, source, exemptions: [] };
}

/** Undefined where the project's file does not say it, or says something that is no number of days. */
function policyDays({ policy }: Project): number | undefined {
  const days = policy.rules.get('fresh-version')?.options.days;
  return typeof days === 'number' && Number.isFinite(days) && days >= 0 ? days : undefined;
}
