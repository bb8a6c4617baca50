import type { AuditReport, Vulnerability } from '../../../judge/audit/audit-report.ts';
import { AUDIT_SEVERITIES, auditSeverity } from '../../../judge/audit/audit-severity.ts';
import type { CopyFix } from '../../../judge/audit/copy-fixes.ts';
import type { Coverage } from '../../../judge/check/coverage.ts';
import { isIncomplete } from '../../../judge/exposure/clearing-version.ts';
import { partialFix } from '../../../judge/exposure/partial-fix.ts';
import { describeBundled } from '../../../judge/remedy/bundlers.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { describeNode } from '../../../read/graph/describe-package.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { describeGap } from '../check/gap-lines.ts';
import { describeAdvisory } from '../describe-advisory.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';
import { advisoryTitle, severityCounts } from './audit-json.ts';

export interface AuditTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** Lists all advisories and versions of each package. */
  readonly verbose?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Returns the command that updates a package within the declared ranges, if there is one. */
  readonly updateCommand?: ((name: string) => string | undefined) | undefined;
}

const MOST_ADVISORIES = 3;
const MOST_COPIES = 5;
const MOST_NAMES = 8;

/**
 * Formats the affected packages, highest severity first: the advisories on each, where it is installed, what fixes it,
 * and which copies cannot be fixed. Then the counts, what was not checked, and the age of the data.
 */
export function auditText(
  report: AuditReport,
  { sources }: Pick<Advisories, 'sources'>,
  { gaps }: Coverage,
  { columns, colour, now, updateCommand, verbose = false }: AuditTextOptions,
): string {
  const paint = colour ? COLOURED : PLAIN;
  const affected = report.vulnerabilities
    .filter(({ advisories }) => advisories.length > 0)
    .sort((a, b) => AUDIT_SEVERITIES.indexOf(a.severity) - AUDIT_SEVERITIES.indexOf(b.severity));
  const view = { paint, columns, verbose, updateCommand };
  const lines = affected.flatMap((each) => [...blockOf(each, report, view), '']);
  lines.push(...wrap(summary(report, gaps.length === 0), columns));
  for (const gap of gaps) lines.push(...labelled('Not checked: ', describeGap(gap), columns));
  lines.push(...labelled('Data: ', describeAdvisory(sources, now).join(' · ') || 'no advisories', columns));
  return `${lines.join('\n')}\n`;
}

function blockOf(
  vulnerability: Vulnerability,
  { graph }: AuditReport,
  {
    paint,
    columns,
    verbose,
    updateCommand,
  }: Pick<AuditTextOptions, 'columns' | 'updateCommand'> & {
    readonly paint: Paint;
    readonly verbose: boolean;
  },
): readonly string[] {
  const { name, severity, isDirect, advisories, effects, via } = vulnerability;
  const colour = severity === 'critical' || severity === 'high' ? 'error' : 'warning';
  const direct = isDirect ? ', a direct dependency' : '';
  // If none of its own advisories is that severe, a dependency is.
  const isThrough = via.length > 0 && advisories.every((each) => auditSeverity(each) !== severity);
  const through = isThrough ? ` (depends on vulnerable ${listed(via)})` : '';
  const lines = [
    `${paint.strong(visibleText(name))}  ${paint.severity(colour, severity)}${paint.faint(direct + through)}`,
  ];
  const add = (text: string) => {
    lines.push(...wrap(text, columns - 4).map((line, at) => `  ${at === 0 ? '' : '  '}${line}`));
  };
  const most = (count: number) => (verbose ? Number.POSITIVE_INFINITY : count);
  for (const advisory of advisories.slice(0, most(MOST_ADVISORIES))) add(advisoryWordsOf(advisory));
  const left = advisories.length - most(MOST_ADVISORIES);
  if (left > 0) add(`and ${left} more; list all with --verbose`);
  const copies = copiesOf(vulnerability, graph);
  const more = copies.length > most(MOST_COPIES) ? ` and ${copies.length - MOST_COPIES} more` : '';
  add(`installed: ${copies.slice(0, most(MOST_COPIES)).join(', ')}${more}`);
  for (const words of fixLines(vulnerability, graph, updateCommand)) add(words);
  if (effects.length > 0) add(`no version in the declared range of ${listed(effects)} fixes it`);
  return lines;
}

function advisoryWordsOf(advisory: Advisory): string {
  const ids = [advisory.id, ...advisory.aliases.filter((alias) => alias.startsWith('CVE-'))].join(', ');
  const title = `${advisoryTitle(advisory)} (${ids}, ${auditSeverity(advisory)})`;
  return visibleText(`${title}: ${advisory.range === '*' ? 'all versions' : advisory.range}`);
}

/** Formats the version, with the path if that adds information. */
function describeCopy({ name }: Vulnerability, graph: AuditReport['graph'], node: number): string {
  const words = describeNode(graph, node);
  const path = visibleText(graph.packages[node]?.id ?? '');
  const isPlain = path === `node_modules/${name}` || !path.startsWith('node_modules/');
  return isPlain ? words : `${words} (${path})`;
}

/** Counts copies with the same description, such as those of one version with several peers. */
function copiesOf(vulnerability: Vulnerability, graph: AuditReport['graph']): readonly string[] {
  const counts = new Map<string, number>();
  for (const node of vulnerability.nodes) {
    const words = describeCopy(vulnerability, graph, node);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => (count === 1 ? words : `${words} (${count} copies)`));
}

/** Formats what to do: for the whole package if a direct dependency decides, otherwise for each copy. */
function fixLines(
  vulnerability: Vulnerability,
  { packages }: AuditReport['graph'],
  updateCommand: AuditTextOptions['updateCommand'],
): readonly string[] {
  const { name, fix, copyFixes } = vulnerability;
  if (typeof fix === 'object') {
    const kind = fix.isSemVerMajor ? 'a major update' : 'outside of the declared range';
    // The smallest step, like the fix of a finding; JSON has the latest version, like npm's.
    const least = new Set(
      [...copyFixes.values()].flatMap((each) => (each.kind === 'declared' ? each.version : [])),
    );
    if (fix.name === name && least.size > 0)
      return [visibleText(`fixed in ${[...least].join(' and ')}, ${kind}`)];
    return [visibleText(`fixed by ${fix.name} ${fix.version}, ${kind}`)];
  }
  const versionOf = (node: number) => packages[node]?.version ?? '';
  const byWords = groupBy([...copyFixes.keys()], (node) =>
    describeCopyFix(copyFixes.get(node)!, versionOf(node), vulnerability, updateCommand),
  );
  if (byWords.size === 1) return [...byWords.keys()].map(visibleText);
  const groups = [...byWords.values()];
  return [...byWords].map(([words, nodes]) => {
    const versions = [...groupBy(nodes, versionOf)].map(([version, copies]) => {
      const isElsewhere = groups.some(
        (other) => other !== nodes && other.some((node) => versionOf(node) === version),
      );
      // Else two lines about the same version would contradict each other.
      const paths = isElsewhere
        ? namesAndMore(
            copies.map((node) => packages[node]?.id ?? ''),
            2,
          )
        : '';
      return paths === '' ? version : `${version} (${paths})`;
    });
    return visibleText(`${name} ${versions.join(', ')}: ${words}`);
  });
}

function describeCopyFix(
  fix: CopyFix,
  version: string,
  { name, advisories }: Vulnerability,
  updateCommand: AuditTextOptions['updateCommand'],
): string {
  switch (fix.kind) {
    case 'range': {
      const command = updateCommand?.(name);
      const run = command === undefined ? '' : `. Run: ${command}`;
      return `fixed by ${fix.versions.join(' and ')}, which the declared ranges admit${run}`;
    }
    case 'declared':
      return `fixed in ${fix.version}, which the declared ranges do not admit`;
    case 'override':
      return `fixed in ${fix.version}; needs an override`;
    case 'bundled':
      return describeBundled([fix.bundler]);
    case 'none':
      return describePartialFix(advisories, version);
  }
}

function describePartialFix(advisories: readonly Advisory[], version: string): string {
  const partial = partialFix(advisories, version);
  if (partial !== undefined) {
    const left = namesAndMore(
      partial.leaves.map(({ id }) => id),
      MOST_ADVISORIES,
    );
    return `no version is known to fix all; ${partial.version} fixes all but ${left}`;
  }
  return advisories.some(isIncomplete) ? 'fixed version unknown' : 'no fix known';
}

function listed(names: readonly string[]): string {
  return namesAndMore(names.map(visibleText), MOST_NAMES);
}

/** Formats the summary. Without vulnerabilities, it excludes what was not checked from the good news. */
function summary(report: AuditReport, isWhole: boolean): string {
  const { vulnerabilities, graph, accepted, ignored } = report;
  const looked = plural(graph.lockfile.entries.length, 'locked package');
  const rest =
    describeLeftOut(accepted, 'accepted in dependency-hygiene.json') +
    describeLeftOut(ignored, "skipped by the package manager's own audit settings");
  const where = isWhole ? '' : ' in what was checked';
  if (vulnerabilities.length === 0) return `No known vulnerabilities${where}; ${looked}.${rest}`;
  const counts = severityCounts(report);
  const words = AUDIT_SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
  const dependents = vulnerabilities.filter(({ advisories }) => advisories.length === 0).length;
  const through = dependents === 0 ? '' : `, ${dependents} of them through what they depend on`;
  return `${plural(vulnerabilities.length, 'vulnerable package')} (${words})${through}; ${looked}.${rest}`;
}

function describeLeftOut(count: number, how: string): string {
  if (count === 0) return '';
  return ` ${count === 1 ? '1 advisory is' : `${count} advisories are`} ${how}.`;
}

function labelled(label: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(label.length);
  return wrap(visibleText(text), columns - label.length).map((row, at) => (at === 0 ? label : indent) + row);
}
