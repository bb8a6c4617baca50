import { ADVISORY_RULES } from '../../../judge/policy/judge-ignore.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { isSecurityHolding } from '../../../know/registry/releases/security-holding.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { formatDay } from '../../../read/text/words/dates.ts';
import { plural } from '../../../read/text/words/words.ts';
import { oneLine } from '../markdown.ts';
import { pulledInMalware, pulledInVulnerable } from '../pulled-in-verdict.ts';
import type { CardGap } from './card-gaps.ts';
import { OF_WORKSPACE } from './elsewhere.ts';
import type { CardFinding, HoverFacts } from './hover-facts.ts';

/** The first line of a card: what is known of the dependency, in plain words. */
export interface CardVerdict {
  readonly level: 'error' | 'warning' | 'info' | 'clean' | 'unknown';
  /** "Malware", "2 known vulnerabilities", "No known problems". */
  readonly words: string;
  /** What follows them: ", fixed in 4.18.0". */
  readonly more: string;
  /** The message of the finding that it reports. */
  readonly finding?: string;
}

export interface VerdictInput {
  readonly facts: HoverFacts;
  readonly packument: Packument | undefined;
  /** Why the version is deprecated. */
  readonly deprecated: string | undefined;
  readonly gaps: readonly CardGap[];
}

/** Longer texts of others would push the facts out of the card. */
const LONGEST = 200;

/** Returns the worst that is known. A dependency is only clean if every check was made. */
export function cardVerdict(input: VerdictInput): CardVerdict {
  const { more, ...verdict } = worstKnown(input);
  const [before = ''] = /^[ ,:]*/.exec(more) ?? [];
  return { ...verdict, more: before + shortened(more.slice(before.length)) };
}

/** Ends a long text with a whole sentence, if there is one: the beginning of the next would say nothing. */
function shortened(text: string): string {
  const cut = oneLine(text, LONGEST);
  const end = cut.endsWith('…') ? cut.lastIndexOf('. ') : -1;
  return 2 * end > LONGEST ? `${cut.slice(0, end + 1)} …` : cut;
}

function worstKnown(input: VerdictInput): CardVerdict {
  const { facts, gaps } = input;
  const all = [...facts.findings, ...facts.beside];
  // Without a locked version, advisories affect what a range may resolve to, which only their findings report.
  const isReported = facts.advisories.own.length + facts.advisories.pulledIn.length > 0;
  const serious = all.filter((each) => isSerious(each) && !(isReported && isOfAdvisories(each)));
  return (
    ofAdvisories(facts) ??
    ofProofs(facts) ??
    pulledInMalware(facts.advisories.pulledIn) ??
    ofRegistry(input) ??
    ofFindings(serious, facts.beside) ??
    pulledInVulnerable(facts.advisories.pulledIn, facts.ignored?.pulledIn) ??
    ofFindings(all, facts.beside) ??
    ofUnclear(facts) ??
    ofGaps(facts, gaps)
  );
}

function isSerious({ severity }: CardFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

function ofAdvisories({
  advisories: { own, fixed },
  ignored,
  findings,
  beside,
}: HoverFacts): CardVerdict | undefined {
  const [worst] = own;
  if (worst === undefined) return undefined;
  if (own.some(({ isMalware }) => isMalware)) {
    const more = ': remove it, and treat machines that installed it as compromised';
    return { level: 'error', words: 'Malware', more };
  }
  if (ignored?.own !== undefined) {
    const words = plural(own.length, 'known vulnerability', 'known vulnerabilities');
    return { level: 'info', words, more: `, ignored until ${ignored.own}, ${fixed}` };
  }
  const found = worstOf([...findings, ...beside].filter(isOfAdvisories));
  const level = found === undefined ? LEVELS[worst.severity ?? 'high'] : levelOf(found);
  const words = plural(own.length, 'known vulnerability', 'known vulnerabilities');
  return { level, words, more: `, ${fixed}` };
}

const LEVELS = {
  critical: 'error',
  high: 'error',
  moderate: 'warning',
  low: 'info',
  info: 'info',
} as const;

function ofProofs({ source, code }: HoverFacts): CardVerdict | undefined {
  if (source.type === 'registry') {
    const { signature, provenance } = source.known;
    if (signature?.state === 'ready' && signature.value.type === 'invalid') {
      const more = ': the package differs from the signed one';
      return { level: 'error', words: 'Registry signature invalid', more };
    }
    const invalid =
      provenance?.state === 'ready'
        ? provenance.value.find((verdict) => verdict.result === 'invalid')
        : undefined;
    if (invalid?.result === 'invalid') {
      return { level: 'error', words: 'Provenance invalid', more: `: ${invalid.detail}` };
    }
  }
  const { news } = code ?? {};
  if (news?.before === undefined || !news.isSuspicious) return undefined;
  return { level: 'warning', words: 'Suspicious code', more: `, new since ${news.before}` };
}

/** Returns the verdict on a package or version that its registry or publisher withdrew. */
function ofRegistry({ facts, packument, deprecated }: VerdictInput): CardVerdict | undefined {
  const { source, target } = facts;
  if (source.type === 'registry' && source.known.packument.state === 'absent') {
    const { registry } = source;
    const where = registry.kind === 'public' ? 'the public npm registry' : registry.host;
    return { level: 'warning', words: 'Not found', more: `: ${where} has no package named "${target}"` };
  }
  if (packument?.unpublished !== undefined) {
    const { time } = packument.unpublished;
    const day = time === undefined ? '' : `, on ${formatDay(time)}`;
    return { level: 'warning', words: 'Unpublished', more: `: the whole package${day}` };
  }
  if (packument !== undefined && isSecurityHolding(packument)) {
    const more = ' by the registry, which holds the name with a placeholder package';
    return { level: 'error', words: 'Removed', more };
  }
  return deprecated === undefined
    ? undefined
    : { level: 'warning', words: 'Deprecated', more: `: ${deprecated}` };
}

/** Returns the worst finding, or how many of its severity there are if the editor shows it beside the card. */
function ofFindings(findings: readonly CardFinding[], beside: HoverFacts['beside']): CardVerdict | undefined {
  const worst = worstOf(findings);
  if (worst === undefined) return undefined;
  const { severity, message } = worst;
  const level = levelOf(worst);
  if (!beside.includes(worst))
    return { level, words: WORDS[severity], more: `: ${message}`, finding: message };
  const count = findings.filter((each) => each.severity === severity).length;
  const more = count === 1 ? ', see its message' : ', see their messages';
  return { level, words: plural(count, NOUNS[severity]), more };
}

const WORDS: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Note',
  hint: 'Hint',
};

const NOUNS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'hint',
};

const ORDER: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Returns the first of the highest severity; of equals, what advisories report. */
function worstOf(findings: readonly CardFinding[]): CardFinding | undefined {
  const rankOf = (each: CardFinding) => 2 * ORDER.indexOf(each.severity) + (isOfAdvisories(each) ? 0 : 1);
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b))[0];
}

function levelOf({ severity }: CardFinding): 'error' | 'warning' | 'info' {
  return severity === 'error' || severity === 'warning' ? severity : 'info';
}

/** Checks for a finding of what advisories report. */
export function isOfAdvisories({ rule }: CardFinding): boolean {
  return rule !== undefined && ADVISORY_RULES.has(rule);
}

/** Returns the verdict where an advisory neither affects the version nor leaves it clean. */
function ofUnclear({ advisories }: HoverFacts): CardVerdict | undefined {
  if (advisories.unsureTexts.length === 0) return undefined;
  return { level: 'unknown', words: 'Possibly vulnerable', more: '' };
}

function ofGaps({ source, advisories }: HoverFacts, gaps: readonly CardGap[]): CardVerdict {
  if (source.type === 'other' && source.words === OF_WORKSPACE) {
    return { level: 'info', words: 'A package of this workspace', more: '' };
  }
  const { used } = advisories;
  if (!gaps.some(({ isCheck }) => isCheck)) {
    return { level: 'clean', words: 'No known problems', more: used === undefined ? '' : `, ${used}` };
  }
  const isKnown = source.type === 'registry' && source.known.packument.state === 'ready';
  return isKnown || used !== undefined
    ? { level: 'unknown', words: 'Partly checked', more: ', nothing found so far' }
    : { level: 'unknown', words: 'Not checked', more: '' };
}
