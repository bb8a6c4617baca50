import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import type { Fact } from '../registry/fact.ts';
import type { Packument } from '../registry/packument.ts';
import type { Span } from '../text/span.ts';
import { redactUserinfo } from '../text/web-address.ts';
import { type HoverCard, hoverCard, type LockedFacts, type SourceFacts } from './hover-card.ts';
import type { HoverTarget } from './hover-target.ts';
import { registryFacts } from './registry-words.ts';
import { scriptVerdict } from './script-verdict.ts';

export interface HoverContext {
  readonly project: Project;
  /** Of `target.target`; not looked at for what no registry serves. */
  readonly packument: Fact<Packument>;
  /** All findings of the file that the target was found in. */
  readonly findings: readonly Pick<Finding, 'severity' | 'message' | 'span'>[];
  /** Where the editor shows the findings at the cursor by itself: its offset. Those are then not in the card. */
  readonly cursor?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Hover {
  readonly span: Span;
  readonly card: HoverCard;
}

/**
 * The card of what `hoverTarget` found. A shell asks for the packument in between, and only where `target.elsewhere`
 * is undefined.
 */
export function hover(target: HoverTarget, context: HoverContext): Hover {
  const { project, packument, cursor, now } = context;
  const { entry, name, range } = target;
  const findings = context.findings.filter(({ span }) => span.start < range.end && range.start < span.end);
  const inCard = findings.filter(
    ({ span }) => cursor === undefined || cursor < span.start || cursor > span.end,
  );
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
    source: sourceFacts(project, target, packument),
    lockedDeprecated: entry?.deprecated,
    lockedLicense: entry?.license,
    scripts: {
      locked: lockedScript(project, target),
      verdict: scriptVerdict(project, target.target, entry),
    },
    findings: inCard,
    findingsBeside: inCard.length < findings.length,
    now,
  });
  return { span: target.span, card };
}

/** A file that does not record install scripts says nothing where it does not name one. */
function lockedScript({ lockfile }: Project, { entry }: HoverTarget): boolean | undefined {
  if (entry === undefined) return undefined;
  return entry.hasInstallScript || (lockfile?.recordsInstallScripts === true ? false : undefined);
}

function lockedFacts({ lockfile, lockfiles }: Project, { entry }: HoverTarget): LockedFacts {
  if (entry?.version !== undefined) return { type: 'version', version: entry.version.value };
  if (lockfile !== undefined && lockfile.status !== 'unreadable') return { type: 'not-locked' };
  return { type: lockfiles.length === 0 ? 'no-lockfile' : 'unread-lockfile' };
}

function sourceFacts(project: Project, target: HoverTarget, packument: Fact<Packument>): SourceFacts {
  if (target.elsewhere !== undefined) {
    const resolved = target.entry?.resolved?.value;
    const lockedTo = resolved === undefined || isOfProject(target) ? undefined : redactUserinfo(resolved);
    return { type: 'other', words: target.elsewhere, lockedTo };
  }
  const choice = project.npmConfig.registryFor(target.target);
  return {
    type: 'registry',
    registry: registryFacts(project.npmConfig, choice, target.target, project.root),
    packument,
  };
}

/** Links and members have no address that is worth a line. */
function isOfProject({ entry }: HoverTarget): boolean {
  return entry?.source === 'link' || entry?.source === 'workspace' || entry?.source === 'root';
}
