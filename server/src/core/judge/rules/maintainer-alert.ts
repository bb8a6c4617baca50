import semver from 'semver';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { cleanVersions, type TakeoverMatch, takeoverOf } from '../../know/registry/releases/takeover-of.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Severity } from '../../read/text/finding.ts';
import { formatDay } from '../../read/text/words/dates.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { affectingIn } from '../exposure/affecting.ts';

/**
 * Everything published while an account was known to be compromised is suspect. Registries remove the malicious
 * versions and keep their times; lockfiles and caches keep the versions. Known false positives: a clean release by the
 * account during that time that is missing from the list; hence a warning, not an error.
 */
interface MaintainerAlert {
  readonly name: string;
  readonly version: string;
  readonly who: string;
  readonly day: string;
  readonly isKnown: boolean;
  /** Whether it is the version an update would select rather than the one in use. */
  readonly isNext: boolean;
  readonly advisory: string | null;
  readonly clean: string | null;
  readonly declared: string | null;
}

export const maintainerAlert = defineRule({
  id: 'maintainer-alert',
  category: 'releases',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A version published while its maintainer or project was known to be compromised.',
    why: `A bundled list records when accounts and projects were compromised, and which versions were published
then. A version on it is an error, and another one by the same account in that time a warning. A bad latest version is
information while the project uses another: do not update to it.

The time of publication decides. Where the registry does not give one, nothing is reported.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "ua-parser-js": "0.7.29"
                    ^^^^^^^^ maintainer-alert: ua-parser-js 0.7.29 was published on 22 Oct 2021, when the maintainer of ua-parser-js was compromised, and is known to be malicious (GHSA-pjwm-rvh2-c87w). Use 0.7.30, and treat machines that ran it as compromised.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "ua-parser-js": "0.7.30"
  }
}
`,
    registry: {
      'ua-parser-js': {
        'dist-tags': { latest: '0.7.30' },
        time: {
          '0.7.28': '2021-04-10T10:00:00Z',
          '0.7.29': '2021-10-22T12:15:21Z',
          '0.7.30': '2021-10-22T16:16:00Z',
        },
        versions: { '0.7.28': {}, '0.7.30': {} },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, who, day, isKnown, isNext, advisory, clean } }) {
    const source = advisory === null ? '' : ` (${advisory})`;
    if (isNext) {
      return `${name} ${version}, the latest version, was published on ${day}, when ${who} was compromised${source}. Do not update to it.`;
    }
    const take = clean === null ? 'Go back to an older version' : `Use ${clean}`;
    return isKnown
      ? `${name} ${version} was published on ${day}, when ${who} was compromised, and is known to be malicious${source}. ${take}, and treat machines that ran it as compromised.`
      : `${name} ${version} was published on ${day}, when ${who} was compromised${source}. ${take}, or make sure that it is clean.`;
  },
  *fix({ data: { clean, declared }, span, package: name }, { file, uri }) {
    if (clean === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, clean);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<MaintainerAlert>> {
  for (const selected of selectedVersions(file, context)) {
    const { packument, target, version } = selected;
    // malicious-version reports known malware at the same place.
    if (isMalware(target, version, context)) continue;
    const match = takeoverOf(packument, version);
    if (match !== undefined) {
      yield found(selected, version, match, context);
      continue;
    }
    const latest = packument.distTags.get('latest');
    const next = latest === undefined || latest === version ? undefined : takeoverOf(packument, latest);
    if (next?.isKnown === true) yield found(selected, latest!, next, context);
  }
}

function isMalware(name: string, version: string, { project, advisories }: RuleContext): boolean {
  return affectingIn(project, advisories)(name, version).some((advisory) => advisory.isMalware);
}

function found(
  selected: SelectedVersion,
  version: string,
  { takeover, isKnown }: TakeoverMatch,
  context: RuleContext,
): Found<MaintainerAlert> {
  const { name, target, packument } = selected;
  const isNext = version !== selected.version;
  return {
    span: selected.span,
    data: {
      name: target,
      version,
      who: takeover.who,
      day: formatDay(packument.times.get(version)!),
      isKnown,
      isNext,
      advisory: takeover.advisory ?? null,
      clean: isNext ? null : (cleanVersion(selected, takeover, context) ?? null),
      declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
    },
    severity: severityOf(isNext, isKnown),
    package: name,
    version,
    ...(target === name ? {} : { target }),
    related: selected.related,
  };
}

function severityOf(isNext: boolean, isKnown: boolean): Severity {
  if (isNext) return 'information';
  return isKnown ? 'error' : 'warning';
}

/** Returns a clean version in the list that the registry has, preferably compatible, otherwise an older one. */
function cleanVersion(
  { packument, target, version }: SelectedVersion,
  takeover: TakeoverMatch['takeover'],
  { project, now }: RuleContext,
): string | undefined {
  const listed = cleanVersions(takeover, target).filter((clean) => packument.versions.has(clean));
  const distance = (other: string) => (semver.diff(other, version) === 'patch' ? 0 : 1);
  const near = listed.filter((clean) => semver.major(clean) === semver.major(version));
  const [nearest] = near.toSorted((a, b) => distance(a) - distance(b));
  if (nearest !== undefined) return nearest;
  const accepts = (other: { readonly version: string }) => takeoverOf(packument, other.version) === undefined;
  const range = `>=${semver.major(version)}.0.0 <${version}`;
  return candidateVersion({ packument, range, coolDown: cooldownOf(project), now, accepts })?.version;
}
