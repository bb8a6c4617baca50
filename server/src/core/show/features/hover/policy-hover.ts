import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import { affectingIn } from '../../../judge/exposure/affecting.ts';
import { severityWord } from '../../../judge/exposure/describe-advisory.ts';
import { describeSubject } from '../../../judge/policy/describe-ignore-fault.ts';
import { hasId } from '../../../judge/policy/ignored.ts';
import { ADVISORY_RULES } from '../../../judge/policy/judge-ignore.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { lockedPackages } from '../../../know/advisory/locked-packages.ts';
import type { Ignore, Policy } from '../../../read/policy-file/policy.ts';
import type { Project } from '../../../read/project/project.ts';
import { type Span, touches } from '../../../read/text/span.ts';
import { advisoryUrl } from '../advisory-url.ts';
import { areWhole, describeMissingSources } from '../describe-advisory-source.ts';
import type { HoverCard } from './card.ts';
import type { CardLine, CardText } from './card-line.ts';

export interface PolicyHoverContext {
  readonly project: Project;
  readonly advisories: Advisories;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

const MOST = 8;

/**
 * Returns the card of an ignore entry: which locked packages it accepts, and until when. Undefined elsewhere in the
 * file.
 */
export function policyHover(
  policy: Policy,
  offset: number,
  context: PolicyHoverContext,
): { readonly span: Span; readonly card: HoverCard } | undefined {
  const ignore = policy.ignores.find(({ span }) => touches(span, offset));
  if (ignore === undefined) return undefined;
  const span = tokenAt(ignore, offset);
  if (span === undefined) return undefined;
  const lines = [
    ...(ADVISORY_RULES.has(ignore.rule) ? acceptedLines(ignore, context) : []),
    ...untilLines(ignore, context.today),
  ];
  if (lines.length === 0) return undefined;
  const name = describeSubject(ignore) ?? ignore.rule;
  return { span, card: { name, header: [], lines } };
}

function tokenAt(
  { spans: { id, package: name, version, expires } }: Ignore,
  offset: number,
): Span | undefined {
  return [id, name, version, expires].find((span) => span !== undefined && touches(span, offset));
}

function acceptedLines(ignore: Ignore, { project, advisories }: PolicyHoverContext): readonly CardLine[] {
  const { lockfile, governedLockfiles } = project;
  const lockfiles = governedLockfiles ?? (lockfile === undefined ? [] : [lockfile]);
  const affecting = affectingIn(project, advisories);
  const texts = new Map<string, CardText>();
  for (const each of lockfiles) {
    for (const [name, versions] of lockedPackages(each)) {
      if (ignore.package !== undefined && ignore.package !== name) continue;
      for (const version of versions) {
        if (ignore.version !== undefined && ignore.version !== version) continue;
        for (const advisory of affecting(name, version)) {
          if (!accepts(ignore, advisory)) continue;
          texts.set(`${advisory.id} ${name} ${version}`, advisoryText(advisory, name, version));
        }
      }
    }
  }
  const gap = gapLines(advisories);
  if (texts.size === 0)
    return [{ label: 'Accepts', texts: ['no known advisory of a locked version'] }, ...gap];
  const all = [...texts.values()];
  const more = all.length > MOST ? [`and ${all.length - MOST} more`] : [];
  return [{ label: 'Accepts', texts: [...all.slice(0, MOST), ...more] }, ...gap];
}

function gapLines({ sources }: Advisories): readonly CardLine[] {
  if (areWhole(sources)) return [];
  return [
    { label: 'Not checked', texts: [describeMissingSources(sources) ?? 'no advisory data on this machine'] },
  ];
}

function accepts({ id, rule, version }: Ignore, advisory: Advisory): boolean {
  if (advisory.isMalware !== (rule === 'malicious-version')) return false;
  if (advisory.isMalware && version === undefined) return false;
  return id === undefined || hasId([advisory.id, ...advisory.aliases], id);
}

/** Formats `GHSA-… in minimist 0.0.8 · critical · prototype pollution · affects <0.2.4`. */
function advisoryText(advisory: Advisory, name: string, version: string): CardText {
  const { id, severity, isMalware, range } = advisory;
  const address = advisoryUrl(id);
  const words = [
    ` in ${name} ${version}`,
    isMalware ? 'malware' : severity === undefined ? 'of unknown severity' : severityWord(severity),
    isMalware ? undefined : aboutOf(advisory),
    `affects ${range === '*' ? 'every version' : range}`,
  ].filter((part) => part !== undefined);
  return [address === undefined ? id : { text: id, address }, words.join(' · ')];
}

function untilLines({ expires, reason }: Ignore, today: string): readonly CardLine[] {
  if (expires === undefined) return [];
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
  if (days < 0) return [{ label: 'Until', texts: [`${expires} (expired, so it accepts nothing)`] }];
  const left = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `${days} days from now`;
  const counts = reason === undefined ? ', but it accepts nothing without a reason' : '';
  return [{ label: 'Until', texts: [`the end of ${expires}, ${left}${counts}`] }];
}
