import type { Facts } from '../../../know/facts/facts.ts';
import type { PopularNames } from '../../../know/identity/popular-names.ts';
import { servingRegistry } from '../../../know/registry/access/serving-registry.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { publishTimes } from '../../../know/registry/documents/publish-times.ts';
import { isTrustedPublish, publisherName } from '../../../know/registry/documents/publisher.ts';
import { hasScriptByRegistry } from '../../../know/scripts/script-by-registry.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { ApprovalTriggers } from '../../../read/policy-file/approval.ts';
import type { Project } from '../../../read/project/project.ts';

/** Why a dependency needs an approval. */
export type Trigger =
  | { readonly type: 'downloads'; readonly aWeek: number }
  | { readonly type: 'install-script' }
  | { readonly type: 'new-maintainer'; readonly publisher: string; readonly days: number };

export interface TriggerSubject {
  readonly name: string;
  readonly version: string | undefined;
  readonly entry: LockEntry | undefined;
}

export interface TriggerContext {
  readonly project: Project;
  readonly facts: Facts;
  readonly popular: PopularNames;
  readonly now: number;
  unknown(name: string, reason: 'not-recorded' | 'not-provided'): void;
}

const DAY = 86_400_000;
const WEEKS_A_MONTH = 30 / 7;

/**
 * Returns why the policy requires an approval for a dependency. What is unknown is reported as such and requires none.
 */
export function triggersOf(
  subject: TriggerSubject,
  required: ApprovalTriggers,
  context: TriggerContext,
): readonly Trigger[] {
  const { weeklyDownloadsOver, installScripts, newMaintainerDays } = required;
  const found: Trigger[] = [];
  if (installScripts === true && hasScript(subject, context) === true) found.push({ type: 'install-script' });
  if (weeklyDownloadsOver !== undefined) {
    const aWeek = downloadsOf(subject.name, context);
    if (aWeek !== undefined && aWeek > weeklyDownloadsOver) found.push({ type: 'downloads', aWeek });
  }
  if (newMaintainerDays !== undefined) {
    const maintainer = newMaintainer(subject, newMaintainerDays, context);
    if (maintainer !== undefined) found.push(maintainer);
  }
  return found;
}

function hasScript({ name, version, entry }: TriggerSubject, context: TriggerContext): boolean | undefined {
  const { lockfile } = context.project;
  if (entry?.hasInstallScript === true) return true;
  if (entry !== undefined && lockfile?.recordsInstallScripts === true && entry.hasInstallScript === false)
    return false;
  const packument = packumentOf(name, version, context);
  if (packument === undefined) return undefined;
  const answer = hasScriptByRegistry(packument, version!);
  if (answer === undefined) context.unknown(name, 'not-provided');
  return answer;
}

/** Without an answer of the registry, uses the bundled numbers; a name without one is of unknown popularity. */
function downloadsOf(name: string, { project, facts, popular, unknown }: TriggerContext): number | undefined {
  const fact = facts.unreachable === undefined ? facts.downloads(name) : undefined;
  if (fact?.state === 'ready') return fact.value.lastWeek;
  const isPublic = servingRegistry(project, name).kind !== 'private';
  const aMonth = isPublic ? popular.downloads(name) : undefined;
  if (aMonth !== undefined) return Math.round(aMonth / WEEKS_A_MONTH);
  if (fact === undefined) unknown(name, 'not-recorded');
  else if (fact.state === 'absent') unknown(name, 'not-provided');
  return undefined;
}

/** A version by a CI service shows no account. */
function newMaintainer(
  { name, version }: TriggerSubject,
  days: number,
  context: TriggerContext,
): Trigger | undefined {
  const packument = packumentOf(name, version, context);
  if (packument === undefined) return undefined;
  const published = packument.versions.get(version!);
  const publisher = published?.publishedBy;
  const times = publishTimes(packument);
  if (published !== undefined && isTrustedPublish(published)) return undefined;
  if (publisher === undefined || !times.has(version!)) {
    context.unknown(name, 'not-provided');
    return undefined;
  }
  let first = Number.POSITIVE_INFINITY;
  for (const [other, { publishedBy }] of packument.versions)
    if (publishedBy !== undefined && publisherName(publishedBy) === publisherName(publisher))
      first = Math.min(first, times.get(other) ?? first);
  const age = Math.floor((context.now - first) / DAY);
  return age < days ? { type: 'new-maintainer', publisher: publisher.name, days: age } : undefined;
}

/** Returns undefined if it is unknown, after reporting that; and while it is being requested. */
function packumentOf(
  name: string,
  version: string | undefined,
  { facts, unknown }: TriggerContext,
): Packument | undefined {
  if (version === undefined || facts.unreachable !== undefined) {
    unknown(name, 'not-recorded');
    return undefined;
  }
  const fact = facts.packument(name);
  if (fact.state === 'ready') return fact.value;
  if (fact.state === 'absent') unknown(name, 'not-provided');
  return undefined;
}
