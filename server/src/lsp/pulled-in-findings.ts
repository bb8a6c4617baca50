import { lockExposure } from '../core/judge/exposure/lock-exposure.ts';
import { ADVISORY_RULES } from '../core/judge/policy/judge-ignore.ts';
import { lockedEntry } from '../core/read/project/locked/locked-dependency.ts';
import type { Finding } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Span } from '../core/read/text/span.ts';
import type { Snapshot } from '../engine/session.ts';

/** A larger selection is not made to fix one dependency. */
const MOST = 5;

/**
 * Returns the findings of the lockfile about vulnerable packages that the dependencies at a position of a manifest pull
 * in. Their fixes change that dependency, so they are offered there as well.
 */
export function pulledInFindings(snapshot: Snapshot, uri: Uri, selection: Span): readonly Finding[] {
  const owner = snapshot.projectOf(uri);
  const file = owner?.files.get(uri);
  const { project, advisories } = owner ?? {};
  if (project?.lockfile === undefined || advisories === undefined || file?.kind !== 'manifest') return [];
  const touched = file.dependencies.filter(
    ({ span }) => span.start <= selection.end && selection.start <= span.end,
  );
  if (touched.length > MOST) return [];
  const exposure = lockExposure(project, project.lockfile, advisories);
  const importer = project.members.get(uri)?.path;
  const brought = new Set(
    touched.flatMap((dependency) => {
      const entry = lockedEntry(project, uri, dependency);
      const found = entry === undefined ? [] : exposure.introducedBy(importer, dependency.name, entry);
      return found.map(({ name, version }) => `${name}@${version}`);
    }),
  );
  if (brought.size === 0) return [];
  return snapshot
    .diagnose(project.lockfile.uri)
    .findings.filter(
      ({ rule, advisories: found = [] }) =>
        ADVISORY_RULES.has(rule) &&
        found.some(({ package: name, version }) => brought.has(`${name}@${version}`)),
    );
}
