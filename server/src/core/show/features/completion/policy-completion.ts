import semver from 'semver';
import type { Rule } from '../../../judge/check/rule.ts';
import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import { affectingIn } from '../../../judge/exposure/affecting.ts';
import { severityWord } from '../../../judge/exposure/describe-advisory.ts';
import { IGNORE_DAYS } from '../../../judge/policy/ignore-fix.ts';
import { hasId } from '../../../judge/policy/ignored.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { lockedPackages } from '../../../know/advisory/locked-packages.ts';
import { compareAdvisories } from '../../../know/advisory/reports/compare-advisories.ts';
import { daysAfter } from '../../../read/policy-file/day.ts';
import { maxIgnoreDays } from '../../../read/policy-file/max-ignore-days.ts';
import type { Project } from '../../../read/project/project.ts';
import { oneLine } from '../markdown.ts';
import type { Completion, Completions } from './completion.ts';
import type { PolicyKey, PolicyPlace } from './policy-place.ts';

const MOST = 200;

export interface PolicyContext {
  readonly project: Project;
  readonly advisories: Advisories;
  /** The packages of findings, with their versions. */
  readonly found: readonly { readonly package: string; readonly version: string | undefined }[];
  readonly rules: readonly Rule[];
  /** Whether the client has the schema of the file, which already provides the rule ids. */
  readonly hasSchema: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/**
 * Returns values for an ignore entry: rules, ids of advisories that affect locked versions, packages with advisories or
 * findings, their versions, and days within the project's limit.
 */
export function policyCompletions(place: PolicyPlace, context: PolicyContext): Completions {
  const items = candidates(place, context);
  const fitting = items.filter(({ value }) => value.toLowerCase().startsWith(place.typed.toLowerCase()));
  return { items: fitting.slice(0, MOST), isIncomplete: fitting.length > MOST };
}

function candidates(place: PolicyPlace, context: PolicyContext): readonly Completion[] {
  switch (place.key) {
    case 'rule':
      return context.hasSchema ? [] : context.rules.map(({ id, category }) => choice(id, category, 'tag'));
    case 'id':
      return ids(place.entry, context);
    case 'package':
      return packages(place.entry, context);
    case 'version':
      return versions(place.entry, context);
    case 'expires':
      return days(context);
  }
}

interface Exposed {
  readonly name: string;
  readonly version: string;
  readonly advisory: Advisory;
}

/**
 * Returns the locked packages that advisories affect, as far as they match the entry's other members. Highest severity
 * first.
 */
function exposed(entry: PolicyPlace['entry'], { project, advisories }: PolicyContext): readonly Exposed[] {
  const affecting = affectingIn(project, advisories);
  const found: Exposed[] = [];
  for (const [name, all] of lockedIn(project)) {
    if (entry.package !== undefined && entry.package !== name) continue;
    for (const version of all) {
      if (entry.version !== undefined && entry.version !== version) continue;
      for (const advisory of affecting(name, version)) found.push({ name, version, advisory });
    }
  }
  return found
    .filter(({ advisory }) => entry.id === undefined || hasId([advisory.id, ...advisory.aliases], entry.id))
    .filter(({ advisory }) => entry.rule !== 'malicious-version' || advisory.isMalware)
    .sort((a, b) => compareAdvisories(a.advisory, b.advisory) || (a.name < b.name ? -1 : 1));
}

function without(entry: PolicyPlace['entry'], key: PolicyKey): PolicyPlace['entry'] {
  const { [key]: _, ...others } = entry;
  return others;
}

function lockedIn({ lockfile, governedLockfiles }: Project): ReadonlyMap<string, ReadonlySet<string>> {
  const locked = new Map<string, Set<string>>();
  for (const each of governedLockfiles ?? (lockfile === undefined ? [] : [lockfile])) {
    for (const [name, versions] of lockedPackages(each)) {
      locked.set(name, new Set([...(locked.get(name) ?? []), ...versions]));
    }
  }
  return locked;
}

/** Offers primary ids first, then aliases, for those who know the advisories by these. */
function ids(entry: PolicyPlace['entry'], context: PolicyContext): readonly Completion[] {
  const found = exposed(entry, context);
  const own = found.map((each) => idChoice(each.advisory.id, each));
  const others = found.flatMap((each) => each.advisory.aliases.map((alias) => idChoice(alias, each)));
  return unique([...own, ...others]);
}

function idChoice(id: string, { name, version, advisory }: Exposed): Completion {
  const { severity, isMalware } = advisory;
  const degree = severity === undefined ? 'of unknown severity' : severityWord(severity);
  const worth = isMalware ? 'malware' : degree;
  const about = isMalware ? undefined : aboutOf(advisory);
  const sentence = about === undefined ? '' : `${about.charAt(0).toUpperCase()}${about.slice(1)}. `;
  const range = advisory.range === '*' ? 'every version' : advisory.range;
  const documentation = oneLine(`${sentence}Affects ${range} of ${name}; ${version} is locked.`);
  return { ...choice(id, `${name} ${version} · ${worth}`, 'name'), documentation };
}

function packages(entry: PolicyPlace['entry'], context: PolicyContext): readonly Completion[] {
  const affected = exposed(without(entry, 'package'), context).map(({ name, advisory }) =>
    choice(name, advisory.id, 'name'),
  );
  const found = context.found.map((each) => choice(each.package, 'has findings', 'name'));
  const locked = [...lockedIn(context.project).keys()].sort().map((name) => choice(name, 'locked', 'name'));
  return unique([...affected, ...found, ...locked]);
}

function versions(entry: PolicyPlace['entry'], context: PolicyContext): readonly Completion[] {
  const affected = exposed(without(entry, 'version'), context).map(({ name, version, advisory }) =>
    choice(version, `${name} · ${advisory.id}`, 'version'),
  );
  const name = entry.package;
  if (name === undefined) return unique(affected);
  const locked = [...(lockedIn(context.project).get(name) ?? [])];
  const found = context.found.filter((each) => each.package === name).flatMap(({ version }) => version ?? []);
  const others = semver.rsort([...new Set([...locked, ...found])].filter((each) => semver.valid(each)));
  return unique([...affected, ...others.map((version) => choice(version, `${name}, locked`, 'version'))]);
}

function days({ project, today }: PolicyContext): readonly Completion[] {
  const most = maxIgnoreDays(project.policy);
  const counts = [...new Set([30, IGNORE_DAYS, most])].filter((count) => count <= most);
  return counts.map((count) => {
    const detail = count === most ? `in ${count} days, the longest` : `in ${count} days`;
    return choice(daysAfter(today, count), detail, 'tag');
  });
}

function choice(value: string, detail: string, kind: Completion['kind']): Completion {
  return {
    label: oneLine(value, 220),
    detail: oneLine(detail, 120),
    documentation: undefined,
    value,
    kind,
    deprecated: false,
  };
}

function unique(items: readonly Completion[]): readonly Completion[] {
  const byValue = new Map<string, Completion>();
  for (const item of items) if (!byValue.has(item.value)) byValue.set(item.value, item);
  return [...byValue.values()];
}
