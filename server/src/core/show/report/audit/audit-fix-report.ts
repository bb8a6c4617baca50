import type { Coverage } from '../../../judge/check/coverage.ts';
import type { BadPackage } from '../../../judge/remedy/bad-package.ts';
import { describeBundled } from '../../../judge/remedy/bundlers.ts';
import type { FixPlan, LeftPackage } from '../../../judge/remedy/plan-fixes.ts';
import type { Remedy } from '../../../judge/remedy/remedy.ts';
import { changeOf } from '../../../judge/remedy/remedy.ts';
import { fixTitle } from '../../../judge/remedy/titles.ts';
import { specOf } from '../../../read/manager/managers.ts';
import { RUSH_OVERRIDES, RUSH_UPDATE } from '../../../read/project/manager/rush.ts';
import type { Project } from '../../../read/project/project.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { hanging, listed } from '../../../read/text/hanging-text.ts';
import { printableJson, visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { gapLines } from '../check/gap-lines.ts';

export interface AuditFixReport {
  readonly plan: FixPlan;
  readonly project: Pick<Project, 'manager' | 'lockfile'>;
  /** The written files, or those a dry run would write, relative to the project. */
  readonly files: readonly string[];
  readonly isDryRun: boolean;
  /** Whether Rush installs the project: it owns the overrides, so nothing is written. */
  readonly isRush: boolean;
  readonly coverage: Coverage;
}

/** Returns what `audit fix` wrote, what remains, and the command to run, as text with a trailing newline. */
export function auditFixText(
  { plan, project, files, isDryRun, isRush, coverage }: AuditFixReport,
  columns: number,
): string {
  const lines: string[] = [];
  for (const title of titlesOf(plan.chosen)) lines.push(...hanging('', visibleText(title), columns));
  for (const left of plan.left)
    lines.push(...hanging('Not fixed: ', visibleText(describeLeft(left, project)), columns));
  if (lines.length > 0) lines.push('');
  const isEmpty = plan.chosen.length + plan.left.length === 0;
  if (isEmpty) lines.push('No known vulnerabilities to fix in what was checked.');
  else if (files.length > 0)
    lines.push(
      ...hanging('', `${isDryRun ? 'Would write' : 'Wrote'} ${visibleText(listed(files))}.`, columns),
    );
  else lines.push('Nothing to write.');
  if (isRush && !isEmpty)
    lines.push(
      ...hanging(
        '',
        `Rush project: set overrides in ${RUSH_OVERRIDES} and run ${plan.command ?? RUSH_UPDATE}.`,
        columns,
      ),
    );
  else if (plan.command !== undefined)
    lines.push(`${files.length > 0 ? 'Then run' : 'Run'}: ${visibleText(plan.command)}`);
  if (coverage.gaps.length > 0) lines.push('', 'Not checked:', ...gapLines(coverage.gaps, columns));
  return `${lines.join('\n')}\n`;
}

/** Returns distinct titles, as one change may help against several packages. */
function titlesOf(chosen: readonly Remedy[]): readonly string[] {
  const groups = groupBy(chosen, changeOf);
  return [...groups.values()].map((group) => {
    const { edits, parts } = group[0]!;
    return edits.length + parts.overrides.length > 0
      ? fixTitle(group)
      : fixTitle(group, describeLockfile(group));
  });
}

/** Formats `tar 7.4.3 → 7.5.21 (lockfile only)`. */
function describeLockfile(group: readonly Remedy[]): string {
  const changes = group.map(({ bad, versions }) =>
    versions.length === 0 ? `${wordsOf(bad)} is no longer needed` : `${wordsOf(bad)} → ${listed(versions)}`,
  );
  return `${listed([...new Set(changes)])} (lockfile only)`;
}

function describeLeft(left: LeftPackage, project: AuditFixReport['project']): string {
  return `${wordsOf(left.bad)}: ${describeReason(left, project)}.`;
}

function describeReason(
  { reason, title, bundlers, advisories, fixedIn, introducers }: LeftPackage,
  { manager, lockfile }: AuditFixReport['project'],
): string {
  switch (reason) {
    case 'bundled':
      return describeBundled(bundlers);
    case 'partial':
      return `the fix leaves ${listed(advisories)}`;
    case 'major':
      return `needs another major version. Use --force: ${title}`;
    case 'override': {
      const why =
        specOf(manager).overrides.missingKeys({
          version: manager.version,
          lockVersion: lockfile?.formatVersion?.value,
        }) ?? 'no range or override can be written that leads there';
      const update = introducers.length === 0 ? '' : `. Update ${namesAndMore(introducers, MOST_NAMES)}`;
      return `fixed in ${fixedIn}, but ${why}${update}`;
    }
    case 'unknown':
      return 'fixed version unknown';
    case 'none':
      return 'no fix is known';
  }
}

const MOST_NAMES = 5;

function wordsOf({ name, version }: BadPackage): string {
  return `${name} ${version}`;
}

/**
 * Returns the report as JSON text with a trailing newline. The form is stable: members may be added in later versions,
 * none is renamed or removed.
 */
export function auditFixJson({ plan, files, isDryRun, coverage }: AuditFixReport): string {
  const json = {
    version: 1,
    dryRun: isDryRun,
    fixes: plan.chosen.map((remedy) => ({
      kind: remedy.kind,
      package: remedy.bad.name,
      from: remedy.bad.version,
      to: remedy.versions,
      malware: remedy.isMalware,
      major: remedy.isMajor,
      title: fixTitle([remedy]),
      clears: remedy.clears,
      leaves: remedy.leaves,
    })),
    left: plan.left.map(({ bad, reason, title, bundlers, advisories, fixedIn }) => ({
      ...{ package: bad.name, version: bad.version, reason, title: title ?? null, advisories },
      fixedIn: fixedIn ?? null,
      bundledIn: bundlers.map(({ name, version }) => ({ package: name, version: version?.value ?? null })),
    })),
    files,
    command: plan.command ?? null,
    coverage,
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}
