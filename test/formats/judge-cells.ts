import type { CoverageGap } from '../../server/src/core/judge/check/coverage.ts';
import type { Rule } from '../../server/src/core/judge/check/rule.ts';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import type { Severity } from '../../server/src/core/read/text/finding.ts';
import { reportCoverage } from '../../server/src/core/show/report/check/report-coverage.ts';
import { reportOf } from '../../server/src/engine/report/report-of.ts';
import { type OpenWorkspace, openFiles, popularNames, ROOT } from '../workspace.ts';
import { type Example, exampleOf } from './example-project.ts';
import type { LockfileFormat } from './lockfile-formats.ts';
import { MORE_EXAMPLES } from './more-examples.ts';

/** The results of a rule's examples in a format. */
export interface Judged {
  readonly rule: Rule;
  readonly format: LockfileFormat;
  /** With registries, and without any. */
  readonly trusted: Outcome;
  readonly untrusted: Outcome;
}

export interface Outcome {
  /** Whether the rule reports one of the examples. */
  readonly isReported: boolean;
  /** Other rules that report them. */
  readonly others: ReadonlySet<string>;
  /** The coverage gap that keeps the rule from judging one of them. */
  readonly gap: CoverageGap | undefined;
}

/** Returns the rules that need a lockfile, with their examples: all whose check or example has one. */
export function ruleExamples(): readonly (readonly [Rule, readonly Example[]])[] {
  return RULES.flatMap((rule) => {
    const own = exampleOf(rule);
    const examples = [...(own === undefined ? [] : [own]), ...(MORE_EXAMPLES[rule.id] ?? [])];
    return examples.length === 0 ? [] : [[rule, examples] as const];
  });
}

const NOW = Date.parse('2026-11-24T12:00:00Z');

/** Checks the examples of a rule in a format, as `dephygiene check --base` does with and without `--trust`. */
export async function judge(
  rule: Rule,
  examples: readonly Example[],
  format: LockfileFormat,
): Promise<Judged> {
  const trusted = await outcomeOf(rule, examples, format, true);
  const untrusted = rule.facts.length === 0 ? trusted : await outcomeOf(rule, examples, format, false);
  return { rule, format, trusted, untrusted };
}

async function outcomeOf(
  rule: Rule,
  examples: readonly Example[],
  format: LockfileFormat,
  isTrusted: boolean,
): Promise<Outcome> {
  const others = new Set<string>();
  let gap: CoverageGap | undefined;
  let isReported = false;
  for (const example of examples) {
    const workspace = await open(rule, example, format, isTrusted);
    const found = new Set(workspace.findings().map(({ rule: id }) => id));
    if (found.has(rule.id)) isReported = true;
    for (const id of found) others.add(id);
    gap ??= gapOf(rule, workspace, format, isTrusted);
  }
  if (isReported) return { isReported, others, gap };
  // A rule is silent if another one reports the same.
  for (const example of examples) {
    const workspace = await open(rule, example, format, isTrusted, ALONE.get(rule.id));
    if (workspace.findings(rule.id).length > 0) return { isReported: true, others, gap };
  }
  return { isReported: false, others, gap };
}

const ALONE: ReadonlyMap<string, ReadonlyMap<string, Severity | 'off'>> = new Map(
  RULES.map(({ id }) => [
    id,
    new Map(RULES.flatMap((other) => (other.id === id ? [] : [[other.id, 'off'] as const]))),
  ]),
);

/** More than a thousand sessions are opened, and each parses the list. */
const MOST_POPULAR = popularNames().split('\n').slice(0, 120).join('\n');

function open(
  rule: Rule,
  { project, base, registry, isUnpinned, damage }: Example,
  format: LockfileFormat,
  isTrusted: boolean,
  severities: ReadonlyMap<string, Severity | 'off'> = new Map(),
): Promise<OpenWorkspace> {
  const { manager, file } = format;
  const manifest = { ...project.manifest, ...(isUnpinned === true ? {} : { packageManager: manager }) };
  const text = format.write(project);
  const files = new Map([
    ...project.files,
    ['package.json', `${JSON.stringify(manifest, undefined, 2)}\n`],
    [file, damage?.(text) ?? text],
  ]);
  return openFiles(files, {
    registry: isTrusted ? (registry ?? {}) : undefined,
    advisories: rule.docs.advisories,
    base: base === undefined ? undefined : format.write(base),
    settings: { severities },
    popularNames: MOST_POPULAR,
  });
}

function gapOf(
  { id }: Rule,
  { snapshot }: OpenWorkspace,
  { file }: LockfileFormat,
  trusted: boolean,
): CoverageGap | undefined {
  const report = reportOf(
    snapshot,
    { root: ROOT, path: ROOT, excluded: [], gitFailures: new Map(), uncompared: [] },
    { offline: false, trusted, popularNames: popularNames(), today: '2026-11-24' },
    { findings: [], notChecked: [] },
    { report() {} },
  );
  const { gaps } = reportCoverage(report, NOW);
  return (
    gaps.find(({ rules }) => rules?.includes(id) === true) ??
    gaps.find(({ reason, path }) => reason === 'unsupported' && path === file)
  );
}
