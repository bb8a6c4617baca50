import type { PerEntry } from '../../core/judge/check/rule.ts';
import type { LookedEntries } from '../../core/judge/rules/run.ts';
import { type AlikeEntries, alikeEntries } from '../../core/read/lockfile/faults/alike-entries.ts';
import { type EditedEntry, editedEntry } from '../../core/read/lockfile/faults/edited-entry.ts';
import { entryAt } from '../../core/read/lockfile/faults/entries-mentioning.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import type { Span } from '../../core/read/text/span.ts';
import { moveSpan, type TextChange } from '../../core/read/text/text-change.ts';

/** The rules that declare how little of a lockfile they read. */
export interface FrugalRules {
  /** See `Rule.readsNoUrls`. */
  readonly withoutUrls: ReadonlySet<string>;
  /** See `Rule.perEntry`. */
  readonly perEntry: ReadonlyMap<string, PerEntry>;
}

/** The part of a lockfile that rules need not check again after an edit. */
export interface KeptInLockfile {
  /** Earlier findings that still hold, at their new places. */
  readonly kept: readonly Finding[];
  /** Rules that are skipped. */
  readonly skipped: ReadonlySet<string>;
  readonly looked: LookedEntries | undefined;
  /** The names of the entries whose verdict may have changed. */
  readonly touched: ReadonlySet<string>;
  /** Checks whether a finding of the new run is not among those kept. */
  isNews(finding: Finding): boolean;
}

/**
 * Returns the findings that still hold after an edit within one package. If the edit changed only the URL or hash of a
 * registry package, rules that read neither are skipped. Undefined if it changed more, or may have.
 *
 * @param found the findings of all rules in the earlier text
 */
export function keptInLockfile(
  before: Lockfile,
  after: Lockfile,
  found: readonly Finding[],
  rules: FrugalRules,
): KeptInLockfile | undefined {
  const edited = editedEntry(before, after);
  if (edited === undefined) return undefined;
  const skipped = edited.isMoved ? rules.withoutUrls : NO_RULES;
  const alike = alikeIn(before, after, edited);
  const looked = alike && {
    rules: rulesLooking(rules, edited, after, skipped),
    entries: alike.entries,
  };
  if (looked === undefined && skipped.size === 0) return undefined;
  const isElsewhere = ({ entries }: Lockfile, { span }: Finding, touched: ReadonlySet<object>) => {
    const entry = entryAt(entries, span.start);
    return entry !== undefined && !touched.has(entry);
  };
  const touchedBefore = new Set([...(alike?.touched ?? [])].map((entry) => before.entry(entry.key)!));
  const isKept = (finding: Finding) =>
    skipped.has(finding.rule) ||
    (looked?.rules.has(finding.rule) === true && isElsewhere(before, finding, touchedBefore));
  const kept = movedFindings(found.filter(isKept), edited.edit, after);
  return (
    kept && {
      kept,
      skipped,
      looked,
      touched: new Set([...(alike?.touched ?? [])].map(({ name }) => name)),
      isNews: (finding) =>
        looked?.rules.has(finding.rule) !== true || !isElsewhere(after, finding, alike!.touched),
    }
  );
}

function rulesLooking(
  { perEntry }: FrugalRules,
  edited: EditedEntry,
  { entries }: Lockfile,
  skipped: ReadonlySet<string>,
): ReadonlySet<string> {
  const looking = new Set<string>();
  for (const [rule, { readsEdges, keepsWhole }] of perEntry) {
    const isEnough = readsEdges !== true || edited.hasSameEdges;
    if (isEnough && !skipped.has(rule) && keepsWhole?.(edited, entries) !== false) looking.add(rule);
  }
  return looking;
}

const NO_RULES: ReadonlySet<string> = new Set();

function alikeIn(before: Lockfile, after: Lockfile, edited: EditedEntry): AlikeEntries | undefined {
  const { span } = edited.before;
  const now = edited.after.span;
  const texts = before.text.slice(span.start, span.end) + after.text.slice(now.start, now.end);
  return alikeEntries(after, edited, texts);
}

/** Moves findings along with an edit; undefined if one of them lies in the edited part or refers to it. */
function movedFindings(
  found: readonly Finding[],
  edit: TextChange,
  { uri }: Lockfile,
): readonly Finding[] | undefined {
  const isTouched = ({ start, end }: Span) => end > edit.start && start < edit.oldEnd;
  const moved: Finding[] = [];
  for (const finding of found) {
    const { span, related, isRelatedHere } = finding;
    const isLed = isRelatedHere && related.some((each) => each.uri === uri && isTouched(each.span));
    if (isTouched(span) || isLed === true) return undefined;
    moved.push({
      ...finding,
      span: moveSpan(span, edit),
      related: isRelatedHere
        ? related.map((each) => (each.uri === uri ? { ...each, span: moveSpan(each.span, edit) } : each))
        : related,
      fixes: NO_FIXES,
    });
  }
  return moved;
}

/** Fixes are planned from the current text on request; the earlier function would keep an old text in memory. */
const NO_FIXES: Finding['fixes'] = () => [];
