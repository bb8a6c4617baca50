import semver from 'semver';
import { servingRegistry } from '../../know/registry/access/serving-registry.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import {
  type MissingVersion,
  missingVersion,
  nearestLower,
} from '../../know/registry/releases/missing-version.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { declaredEntries, undeclaredVersions } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import { registryDependencies, targetRelated } from '../../read/project/registry-dependencies.ts';
import type { Severity } from '../../read/text/finding.ts';
import { defineRule, type RuleContext } from '../check/rule.ts';
import { updateFix } from '../check/version-fixes.ts';
import { reportsIn } from '../exposure/affecting.ts';

/**
 * A missing version was unpublished, or removed as harmful; an install from the lockfile fails or depends on a cache. A
 * mirror may not have a version yet, so versions missing only from a mirror are hints. Known false positives: a
 * registry that serves the files of versions it does not list.
 */
interface Unavailable {
  readonly name: string;
  readonly version: string;
  readonly state: MissingVersion['state'] | 'held' | 'all-removed';
  readonly registry: string;
  /** `YYYY-MM-DD`: when the version was published, or when all of them were removed. */
  readonly day: string | null;
  readonly newest: string | null;
  readonly lower: string | null;
  /** Whether a lockfile has it, so that editing only the manifest does not help. */
  readonly isLocked: boolean;
  /** An advisory that marks other versions of the package as malware. */
  readonly incident: string | null;
}

export const versionUnavailable = defineRule({
  id: 'version-unavailable',
  category: 'versions',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A version that is not available on its registry.',
    why: `A version disappears when its author unpublishes it, or when the registry removes it as harmful. The next
install fails, or takes it from a cache unnoticed. Find out why it is gone before you move on.

The rule looks up the locked versions of direct dependencies, and exact versions without a lockfile. Of other locked
packages it looks up those that are new since the base, or all with \`check --trust --deep\`.

A version that a mirror or a private registry lacks, and has no record of, is a hint. It is an error if other versions
of the package are known malware. A version that is malware itself is reported by \`malicious-version\`.`,
    registry: {
      'left-pad': {
        'dist-tags': { latest: '1.3.0' },
        time: {
          created: '2014-03-14T12:00:00.000Z',
          '1.2.0': '2017-11-20T12:00:00.000Z',
          '1.2.1': '2018-01-15T12:00:00.000Z',
          '1.3.0': '2018-04-09T12:00:00.000Z',
        },
        versions: { '1.2.0': {}, '1.3.0': {} },
      },
    },
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left-pad": "1.2.1"
    ^^^^^^^^^^ version-unavailable
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left-pad": "1.3.0"
  }
}
`,
  },
  factsOfEach: 'only',
  check: {
    *manifest(manifest, context) {
      const { project, facts } = context;
      for (const item of registryDependencies(project, manifest)) {
        const { dependency, meaning, target } = item;
        const entry = lockedEntry(project, manifest.uri, dependency);
        const version =
          entry === undefined ? exactVersion(meaning.specifier) : registryVersion(entry, target);
        const unavailable = judge(target, version, entry !== undefined, facts.packument(target), project);
        const judged = withIncident(unavailable, context);
        // reserved-name reports names reserved by the registry here.
        if (judged === undefined || judged.data.state === 'held') continue;
        const related = targetRelated(project, item);
        yield { span: dependency.nameSpan, ...judged, package: dependency.name, related };
      }
    },
    *lockfile(lockfile, context) {
      const { project, facts } = context;
      if (lockfile !== project.lockfile) return;
      const asked = askedEntries(project);
      const undeclared = new Set(undeclaredVersions(asked, lockfile, project));
      const declared = declaredEntries(lockfile);
      for (const entry of asked) {
        if (!undeclared.has(entry) && !declared.has(entry)) continue;
        const { name, version: written } = entry;
        const version = registryVersion(entry, name);
        if (written === undefined || version === undefined || project.memberNames.has(name)) continue;
        const judged = withIncident(judge(name, version, true, facts.packument(name), project), context);
        if (judged === undefined || (judged.data.state !== 'held' && !undeclared.has(entry))) continue;
        yield { span: written.span, ...judged, package: name };
      }
    },
  },
  message({ data: { name, version, state, registry, day, newest, lower, incident } }) {
    const also = incident === null ? '' : `, and other versions were malware (${incident})`;
    const advice =
      lower === null
        ? 'Find out why and replace it'
        : `Find out why and move to ${newest === null || newest === lower ? lower : `${lower} or ${newest}`}`;
    const now = newest === null ? '' : `, where ${newest} is the latest version`;
    switch (state) {
      case 'removed':
        return `${name} ${version} is no longer on ${registry}, where it was published${day === null ? '' : ` on ${day}`}${also}. ${advice}.`;
      case 'unlisted':
        return `${name} ${version} is not among the versions that ${registry} has${also}. ${advice}.`;
      case 'ahead':
        return `${name} ${version} is not on ${registry}${now}${also}. Find out where it came from.`;
      case 'held':
        return `${name} ${version} is gone, and ${registry} holds the name with a placeholder package. Remove it and find out what an earlier install ran.`;
      case 'all-removed':
        return `All versions of "${name}" were removed from ${registry}${day === null ? '' : ` on ${day}`}${incident === null ? '' : `, where some were malware (${incident})`}. Replace it.`;
    }
  },
  *fix({ data: { lower, name, isLocked }, span }, { file, uri }) {
    if (file.kind !== 'manifest' || lower === null || isLocked) return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency?.declared === undefined || dependency.target !== name) return;
    const { name: key, declared, valueSpan } = dependency;
    const fix = updateFix({ file, uri, span: valueSpan, name: key, declared }, lower);
    if (fix !== undefined) yield fix;
  },
});

interface Judged {
  readonly data: Unavailable;
  readonly severity: Severity;
  readonly version?: string;
}

/**
 * Raises the severity for a package with known malware, as the missing version may have been more of it.
 * malicious-version reports a version known to be malware at the same place.
 */
function withIncident(judged: Judged | undefined, { project, advisories }: RuleContext): Judged | undefined {
  if (judged === undefined) return undefined;
  const { name, version } = judged.data;
  const incident = reportsIn(project, advisories)(name).find(({ isMalware }) => isMalware);
  if (incident === undefined) return judged;
  if (incident.affects(version) === 'yes') return undefined;
  // Versions missing because a registry lags behind are unrelated.
  if (judged.severity !== 'warning' || judged.data.state === 'ahead') return judged;
  return { ...judged, data: { ...judged.data, incident: incident.id }, severity: 'error' };
}

/** Returns undefined if it exists, or if nothing is known. */
function judge(
  name: string,
  version: string | undefined,
  isLocked: boolean,
  fact: Fact<Packument>,
  project: Project,
): Judged | undefined {
  if (fact.state !== 'ready') return undefined;
  const { value, stale } = fact;
  const { kind, words: registry } = servingRegistry(project, name);
  const base = { name, version: version ?? '', registry, isLocked, incident: null };
  const nothing = { day: null, newest: null, lower: null };
  if (value.unpublished !== undefined && value.versions.size === 0) {
    const data: Unavailable = {
      ...base,
      ...nothing,
      state: 'all-removed',
      day: dayOf(value.unpublished.time),
    };
    return { data, severity: 'warning', ...(version === undefined ? {} : { version }) };
  }
  const missing = version === undefined ? undefined : missingVersion(value, version);
  if (missing === undefined || version === undefined) return undefined;
  if (isSecurityHolding(value)) {
    return { data: { ...base, ...nothing, state: 'held' }, severity: 'error', version };
  }
  const { state, published, newest = null } = missing;
  // Cached registry data may be older than the version.
  if (state === 'ahead' && stale) return undefined;
  const severity = state === 'removed' || kind === 'public' ? 'warning' : 'hint';
  const lower = nearestLower(value, version) ?? null;
  return { data: { ...base, state, day: dayOf(published), newest, lower }, severity, version };
}

function exactVersion(specifier: Specifier): string | undefined {
  if (specifier.type === 'alias') return exactVersion(specifier.inner);
  return specifier.type === 'version' ? (semver.valid(specifier.range) ?? undefined) : undefined;
}

function dayOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString().slice(0, 10);
}
