import semver from 'semver';
import { newestAllowed } from '../../../judge/remedy/newest-allowed.ts';
import { offerContext } from '../../../judge/remedy/update-offer.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { PackageFacts } from '../../../know/facts/package-facts.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { fitsEngines } from '../../../know/registry/releases/fits-engines.ts';
import { scriptVerdict } from '../../../know/scripts/script-verdict.ts';
import { dayOf } from '../../../read/policy-file/day.ts';
import { askCooldown } from '../../../read/project/manager/cooldown.ts';
import type { EntryCode } from '../../../read/project/new-code.ts';
import type { Member, Project } from '../../../read/project/project.ts';
import type { StartedFile } from '../../../read/project/started-code.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../../read/text/paths/web-url.ts';
import type { Span } from '../../../read/text/span.ts';
import { formatAge } from '../../../read/text/words/dates.ts';
import { describeCooldown } from '../describe-cooldown.ts';
import { registryFacts } from '../describe-registry.ts';
import { advisoryFacts } from './advisory-facts.ts';
import type { HoverCard } from './card.ts';
import { hoverCard } from './card.ts';
import { OF_WORKSPACE } from './elsewhere.ts';
import type { CardFinding, LockedFacts, SourceFacts, SourceHeld } from './hover-facts.ts';
import type { HoverTarget } from './hover-target.ts';
import { ignoredFacts } from './ignored-facts.ts';
import { describePulledIn } from './pulled-in.ts';

export interface HoverContext {
  readonly project: Project;
  /** The file of the target; without it, the card does not show what the configuration accepts. */
  readonly uri?: Uri;
  /** Facts about `target.target`; not read for packages not from a registry. */
  readonly known: PackageFacts;
  readonly advisories: Advisories;
  /** What the code of the locked version can do, if it is known in time. */
  readonly code?: EntryCode | undefined;
  /** All findings in the file of the target. */
  readonly findings: readonly (CardFinding & { readonly span: Span })[];
  /** The files that the install scripts of the installed package start. */
  readonly started?: readonly StartedFile[];
  /** Whether these are final: no rule is pending or lacks data. */
  readonly allChecked: boolean;
  /** The cursor's offset if the editor itself shows the findings at the cursor, which the card then omits. */
  readonly cursor?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Hover {
  readonly span: Span;
  readonly card: HoverCard;
}

/**
 * Returns the card for the result of `hoverTarget`. A shell requests the facts in between, only if `target.elsewhere`
 * is undefined.
 */
export function hover(target: HoverTarget, context: HoverContext): Hover {
  const { project, advisories, cursor, now, allChecked } = context;
  const { entry, name, range } = target;
  const findings = context.findings.filter(
    (finding) => finding.span.start < range.end && range.start < finding.span.end && isShown(finding),
  );
  const isBeside = ({ span }: { readonly span: Span }) =>
    cursor !== undefined && span.start <= cursor && cursor <= span.end;
  const found = advisoryFacts(project, advisories, target, now);
  const card = hoverCard({
    name,
    target: target.target,
    locked: lockedFacts(project, target),
    declared: target.declared === undefined ? undefined : redactUserinfo(target.declared),
    means:
      target.means === undefined
        ? undefined
        : { ...target.means, declared: redactUserinfo(target.means.declared) },
    kinds: target.kinds,
    source: sourceFacts(target, context),
    lockedDeprecated: entry?.deprecated,
    lockedLicense: entry?.license,
    scripts: {
      locked: lockedScript(project, target),
      verdict: scriptVerdict(project, target.target, entry),
    },
    pulledIn: describePulledIn(project, entry, advisories),
    started: context.started,
    code: context.code,
    findings: findings.filter((finding) => !isBeside(finding)),
    beside: findings.filter(isBeside),
    advisories: found,
    ...(context.uri === undefined
      ? {}
      : { ignored: ignoredFacts(project, target, found, context.uri, dayOf(now)) }),
    allChecked,
    now,
  });
  return { span: target.span, card };
}

/** Omits hints, which only offer a fix: the card covers their subject itself, except for hints about the name. */
function isShown({ severity, rule }: HoverContext['findings'][number]): boolean {
  return severity !== 'hint' || rule === 'typosquat-name';
}

/** Returns undefined if the lockfile neither flags a script nor records them all. */
function lockedScript({ lockfile }: Project, { entry }: HoverTarget): boolean | undefined {
  if (entry?.hasInstallScript !== false) return entry?.hasInstallScript;
  return lockfile?.recordsInstallScripts === true ? false : undefined;
}

function lockedFacts(project: Project, target: HoverTarget): LockedFacts {
  const { lockfile, lockfiles } = project;
  const { entry } = target;
  const member = memberOf(project, target);
  if (member !== undefined) return { type: 'member', version: member.version };
  if (entry?.source === 'link') return { type: 'linked' };
  if (entry?.version !== undefined) return { type: 'version', version: entry.version.value };
  if (lockfile !== undefined && lockfile.status !== 'unreadable') return { type: 'not-locked' };
  return { type: lockfiles.length === 0 ? 'no-lockfile' : 'unread-lockfile' };
}

function memberOf({ members }: Project, { elsewhere, target }: HoverTarget): Member | undefined {
  if (elsewhere !== OF_WORKSPACE) return undefined;
  for (const member of members.values()) if (member.name === target) return member;
  return undefined;
}

function sourceFacts(target: HoverTarget, context: HoverContext): SourceFacts {
  const { project, known } = context;
  if (target.elsewhere !== undefined) {
    const resolved = target.entry?.resolved?.value;
    const lockedTo = resolved === undefined || isOfProject(target) ? undefined : redactUserinfo(resolved);
    return { type: 'other', words: target.elsewhere, lockedTo };
  }
  const choice = project.npmConfig.registryFor(target.target);
  const { packument } = known;
  return {
    type: 'registry',
    registry: registryFacts(project.npmConfig, choice, target.target, project.root),
    known,
    held: packument.state === 'ready' ? describeHeld(context, packument.value, target) : undefined,
  };
}

/**
 * Describes a latest version that the project cannot use, because of its cooldown or the project's `engines`, and the
 * version it can use.
 */
function describeHeld(
  { project, advisories, now }: HoverContext,
  packument: Packument,
  { entry }: HoverTarget,
): SourceHeld | undefined {
  const latest = packument.distTags.get('latest');
  const locked = entry?.version?.value;
  if (latest === undefined || latest === locked) return undefined;
  const context = offerContext(project, now, advisories);
  const { coolDown, engines } = context;
  const tagged = packument.versions.get(latest);
  const newest = newestAllowed({ packument, ...context }, '*');
  const other =
    newest !== undefined && (locked === undefined || isLater(newest, locked)) ? newest : undefined;
  if (tagged !== undefined && !fitsEngines(tagged, engines)) {
    const words = `${latest} does not fit the "engines" of this project`;
    return { label: 'Not usable', words: other === undefined ? words : `${words}; ${other} does` };
  }
  const time = packument.times.get(latest);
  const answer = askCooldown(coolDown, packument.name, latest, time, now);
  if (time === undefined || answer !== 'waits') return undefined;
  const words = `${latest} (${formatAge(time, now)}) is within ${describeCooldown(project, coolDown)}`;
  return { label: 'Too new', words: other === undefined ? words : `${words}; ${other} is past it` };
}

function isLater(version: string, than: string): boolean {
  return semver.valid(than) !== null && semver.gt(version, than);
}

/** Checks for links and members, whose URL is not worth a line. */
function isOfProject({ entry }: HoverTarget): boolean {
  return entry?.source === 'link' || entry?.source === 'workspace' || entry?.source === 'root';
}
