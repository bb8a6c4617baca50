import { type DeclaredRange, updatableRanges } from '../../judge/remedy/declared-range.ts';
import { UNTRUSTED, UNTRUSTED_REGISTRY } from '../../know/registry/access/may-ask.ts';
import { isWithheld } from '../../know/registry/documents/fact.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { namesAndMore } from '../../read/text/words/words.ts';
import { oneLine } from './markdown.ts';
import type { UpdateHintInput } from './update-hints.ts';

/** The packages of a file that could not be requested, and why. */
export interface UpdateGap {
  /** "updates not checked: offline" */
  readonly label: string;
  readonly tooltip: string;
  /** The first range of the file. */
  readonly range: DeclaredRange;
  /** Where a hint has a line of its own: behind the opening brace of the section; undefined if that is on no line end. */
  readonly sectionStart: number | undefined;
}

const MOST_NAMES = 5;

/** Reasons that are too long for a hint; the tooltip has them in full. */
const SHORT: ReadonlyMap<string, string> = new Map([
  [UNTRUSTED, 'untrusted'],
  [UNTRUSTED_REGISTRY, 'untrusted registry'],
]);

/** Returns what makes the hints of a file incomplete. Packages with withheld names are not a gap. */
export function updateGap({ project, file, facts }: UpdateHintInput): UpdateGap | undefined {
  const ranges = updatableRanges(project, file);
  const reasons = new Map<string, string[]>();
  for (const { target } of ranges) {
    const fact = facts.packument(target);
    const why = fact.state === 'ready' ? fact.notRefreshed : fact.state === 'unavailable' ? fact : undefined;
    if (why === undefined || isWithheld(why.reason)) continue;
    const names = reasons.get(why.detail) ?? [];
    if (!names.includes(target)) names.push(target);
    reasons.set(why.detail, names);
  }
  const [first] = ranges;
  if (first === undefined || reasons.size === 0) return undefined;
  const all = new Set(ranges.map(({ target }) => target)).size;
  const lines = [...reasons].map(([detail, names]) => {
    return `${detail}: ${namesAndMore(names, MOST_NAMES)}`;
  });
  const count = [...reasons.values()].reduce((sum, names) => sum + names.length, 0);
  const label =
    count < all ? `updates not checked for ${count} of ${all} packages` : withReason(NOTHING, reasons.keys());
  const why = lines.join('; ');
  return {
    label,
    tooltip: oneLine(
      `Newer versions are unknown or from the cache. ${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
      600,
    ),
    range: first,
    sectionStart: sectionStart(file, first),
  };
}

/** The usual length at which VS Code cuts the hints of a line. */
const LONGEST_LABEL = 43;

const NOTHING = 'updates not checked';

/** Leaves a long reason, and several ones, to the tooltip. */
function withReason(label: string, [reason, ...others]: Iterable<string>): string {
  if (reason === undefined || others.length > 0) return label;
  const whole = oneLine(`${label}: ${SHORT.get(reason) ?? reason}`, 80);
  return whole.length <= LONGEST_LABEL ? whole : label;
}

/** Editors cut long hints of a line, so this one keeps away from the versions behind the first range. */
function sectionStart(file: CheckedFile, { span }: DeclaredRange): number | undefined {
  if (file.kind !== 'manifest') return undefined;
  const section = file.sections.find((each) => each.dependencies.some(({ start }) => start === span.start));
  if (section === undefined) return undefined;
  const start = file.text.indexOf('{', section.keySpan.end) + 1;
  return /^[ \t]*\r?\n/.test(file.text.slice(start, span.start)) ? start : undefined;
}
