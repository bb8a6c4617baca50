import { printableJson } from '../../../read/text/words/visible-text.ts';
import { nextSteps } from './incident-lines.ts';
import { type IncidentFinding, type IncidentReport, verdictOf } from './incident-report.ts';

/**
 * Returns the report as JSON text with a trailing newline, as `incident-report.schema.json` describes it. Later versions may
 * add members, but do not rename or remove any.
 */
export function incidentJson(report: IncidentReport): string {
  const json = {
    version: 1,
    incident: report.label,
    packages: report.packages,
    history: report.isHistory,
    repositories: report.repositories.map((repository) => ({
      path: repository.path,
      kind: repository.kind,
      verdict: verdictOf(repository),
      head: repository.head ?? null,
      commits: repository.commits,
      lockfiles: repository.lockfiles,
      findings: repository.findings.map(findingJson),
      notRead: repository.gaps,
    })),
    notRead: report.gaps,
    machine: report.machine,
    nextSteps: nextSteps(report),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

function findingJson(finding: IncidentFinding): object {
  const { name, version, claims, lockfile, now, events, from, to, installable, copy, jobs, installed } =
    finding;
  return {
    package: name,
    packageVersion: version,
    ids: [...new Set(claims.flatMap(({ ids }) => ids))],
    reported: claims.flatMap(({ reported }) => reported ?? []).sort()[0] ?? null,
    lockfile,
    now,
    from: timeOf(from),
    to: timeOf(to),
    events: events.map(({ type, commit, authored, isMerge, moved, branches }) => ({
      type,
      commit,
      authored: timeOf(authored),
      merge: isMerge,
      moved: moved ?? null,
      branches: branches ?? null,
    })),
    installable: installable.state,
    installableDetail: installable.detail,
    detailsOf: finding.detailsOf ?? null,
    development: copy?.development ?? null,
    optional: copy?.optional ?? null,
    installScript: copy?.installScript ?? null,
    dependencyPath: copy?.dependencyPath ?? null,
    jobs: jobs ?? null,
    installed: installed.map(({ place, isShared, path }) => ({ place, shared: isShared, path })),
  };
}

function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
