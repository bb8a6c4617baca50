import { type AuditReport, byName, type Vulnerability } from '../../../judge/audit/audit-report.ts';
import { AUDIT_SEVERITIES, auditSeverity } from '../../../judge/audit/audit-severity.ts';
import type { Coverage } from '../../../judge/check/coverage.ts';
import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import type { Advisories, AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Advisory, AdvisorySeverity } from '../../../know/advisory/advisory.ts';
import { idOfNode } from '../../../read/graph/dependency-graph.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import { advisoryUrl } from '../../features/advisory-url.ts';

/**
 * Returns the report in the form of `npm audit --json`, auditReportVersion 2, with a trailing newline, for programs
 * that read that. Additional members: `accepted`, the number of advisories the project accepts; `ignored`, the number
 * of others ignored by the package manager's settings; `sources`, the origin and age of the data; and `coverage`, what
 * was not checked.
 */
export function auditJson(
  report: AuditReport,
  { sources }: Pick<Advisories, 'sources'>,
  coverage: Coverage,
): string {
  const { vulnerabilities, dependencies, accepted, ignored } = report;
  const json = {
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      vulnerabilities.map((each) => [each.name, vulnerabilityJson(each, report)]),
    ),
    metadata: { vulnerabilities: severityCounts(report), dependencies },
    accepted,
    ignored,
    sources: sources.map(sourceJson),
    coverage,
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

/** Counts vulnerable packages by severity. */
export function severityCounts({ vulnerabilities }: Pick<AuditReport, 'vulnerabilities'>) {
  const counts = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: vulnerabilities.length };
  for (const { severity } of vulnerabilities) counts[severity]++;
  return counts;
}

function vulnerabilityJson(vulnerability: Vulnerability, { graph }: AuditReport): object {
  const { name, severity, isDirect, advisories, via, effects, range, nodes, fix } = vulnerability;
  return {
    name,
    severity,
    isDirect,
    via: [...advisories.map(advisoryJson), ...via],
    effects,
    range,
    nodes: nodes.map((node) => idOfNode(graph, node)).sort(byName),
    fixAvailable: fix,
  };
}

function advisoryJson(advisory: Advisory): object {
  const { id, package: name, cwes, score, range } = advisory;
  return {
    source: sourceNumber(id, name),
    name,
    dependency: name,
    title: advisoryTitle(advisory),
    url: pageOf(advisory),
    severity: auditSeverity(advisory),
    cwe: cwes,
    cvss: { score: score ?? 0, vectorString: null },
    range,
  };
}

/** Returns the subject of an advisory as a title. */
export function advisoryTitle(advisory: Advisory): string {
  const { isMalware, package: name } = advisory;
  const about = aboutOf(advisory);
  if (isMalware) return `Malware in ${name}`;
  // A source's own title may start with a package name, so its case stays.
  if (advisory.title?.trim()) return about!;
  return about === undefined ? `Vulnerability in ${name}` : about.charAt(0).toUpperCase() + about.slice(1);
}

/**
 * Returns a URL, which programs split at its slashes, so it is always a string: if no id has a page, OSV's search for
 * the package.
 */
function pageOf({ id, aliases, package: name }: Advisory): string {
  const page = [id, ...aliases].map(advisoryUrl).find((address) => address !== undefined);
  return page ?? `https://osv.dev/list?ecosystem=npm&q=${encodeURIComponent(name)}`;
}

/**
 * Returns the number that identifies an advisory of a package. npm's numbers are known only to its registry; this one
 * is derived from the id, and the same in every report.
 */
function sourceNumber(id: string, name: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${id} ${name}`) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 1;
}

function sourceJson({
  source,
  host,
  state,
  detail,
  asOf,
  completeTo,
  unanswered,
}: AdvisorySourceState): object {
  return {
    source,
    host: host ?? null,
    state,
    detail: detail ?? null,
    asOf: asOf === undefined ? null : new Date(asOf).toISOString(),
    completeTo: completeTo === undefined ? null : new Date(completeTo).toISOString(),
    unanswered,
  };
}

/** Checks whether any severity is at or above a level; nothing reaches `none`. */
export function reachesLevel(report: AuditReport, level: AdvisorySeverity | 'none'): boolean {
  if (level === 'none') return false;
  const limit = AUDIT_SEVERITIES.indexOf(level);
  return report.vulnerabilities.some(({ severity }) => AUDIT_SEVERITIES.indexOf(severity) <= limit);
}
