import semver from 'semver';
import { publishTimes } from '../../know/registry/documents/publish-times.ts';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import {
  isFromTrustedSource,
  type ReleaseSign,
  releaseSigns,
} from '../../know/registry/releases/release-signs.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportedDays } from './reported-days.ts';

/**
 * Hijackers are in a hurry: they publish several lines within minutes, revive packages dormant for years, and add a
 * file in a patch. A single sign has many honest reasons, so two are required. Known false positives: a maintainer who
 * returns after years and moves the repository at once.
 */
interface Suspicious {
  readonly name: string;
  readonly version: string;
  /** Clauses. */
  readonly signs: readonly string[];
  readonly older: string | null;
  readonly declared: string | null;
}

const DAY = 86_400_000;
/** This many lines at once are a sign by themselves. */
const MANY_LINES = 3;

const OPTIONS = { days: reportedDays(90) };

export const suspiciousRelease = defineRule({
  id: 'suspicious-release',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A release that shows two or more signs of a takeover.',
    why: `These are signs of a takeover:

- the first release in more than a year, if it is less than 30 days old
- three or more versions within a quarter of an hour, or several major versions within a minute
- \`latest\` set to a lower version or a prerelease
- a major version ten or more above the last
- a patch five times as large as before, or two megabytes larger
- another repository than before, or none
- a command with the name of a well-known program
- a version above \`latest\` that was not made the latest

Two signs together are a warning. They are information if a CI service that the package trusts published the version
from the repository it had before. Three or more major versions within a quarter of an hour are information even
without a second sign.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "codegen": "2.2.1"
               ^^^^^^^ suspicious-release: codegen 2.2.1 shows signs of a takeover: it is the first release in 3 years, and 3 versions were published within 8 minutes. Compare it with the version before it.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "codegen": "2.2.0"
  }
}
`,
    registry: {
      codegen: {
        'dist-tags': { latest: '2.2.1' },
        time: {
          '2.2.0': '2023-10-01T10:00:00Z',
          '0.5.4': '2026-11-15T20:00:00Z',
          '1.6.3': '2026-11-15T20:04:00Z',
          '2.2.1': '2026-11-15T20:08:00Z',
        },
        versions: { '0.5.4': {}, '1.6.3': {}, '2.2.0': {}, '2.2.1': {} },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, signs } }) {
    const all = signs.length < 2 ? signs.join('') : `${signs.slice(0, -1).join(', ')}, and ${signs.at(-1)}`;
    return `${name} ${version} shows signs of a takeover: ${all}. Compare it with the version before it.`;
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Suspicious>> {
  const { options, project } = context;
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, packument, span } = selected;
    const published = publishTimes(packument).get(version);
    if (published === undefined || context.now - published > options.days * DAY || isPrivate(target, project))
      continue;
    const signs = releaseSigns(packument, version, context.now);
    const isBackfill = signs.some((sign) => sign.type === 'burst' && sign.majors >= MANY_LINES);
    const isTrusted = isFromTrustedSource(packument, version);
    if (signs.length < 2 && (!isBackfill || isTrusted)) continue;
    yield {
      span,
      data: {
        name: target,
        version,
        signs: signs.map(describeSign),
        older: olderVersion(selected, context) ?? null,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      },
      severity: signs.length < 2 || isTrusted ? 'information' : 'warning',
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: selected.related,
    };
  }
}

function describeSign(sign: ReleaseSign): string {
  switch (sign.type) {
    case 'awakened':
      return `it is the first release in ${silence(sign.days)}`;
    case 'burst':
      return `${sign.count} versions were published within ${sign.minutes === 1 ? 'a minute' : `${sign.minutes} minutes`}`;
    case 'latest-moved-down':
      return `it was made the latest after ${sign.from}`;
    case 'major-jump':
      return `the version before it is ${sign.from}`;
    case 'grown':
      return `it has ${megabytes(sign.after)} MB and had ${megabytes(sign.before)} MB`;
    case 'repository-changed':
      return sign.after === undefined
        ? 'it names repository removed'
        : `it names another repository (${shownText(sign.after, 100)})`;
    case 'shadowing-command':
      return `it installs a command "${sign.command}"`;
    case 'above-latest':
      return `it was not made the latest, which is ${shownText(sign.latest, 80)}`;
  }
}

function silence(days: number): string {
  return days < 730 ? `${Math.floor(days / 30.44)} months` : `${Math.floor(days / 365.25)} years`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1);
}

/** Returns the latest lower version, preferably in the same major, that shows fewer than two signs. */
function olderVersion(
  { packument, version }: SelectedVersion,
  { project, now }: Pick<RuleContext, 'project' | 'now'>,
): string | undefined {
  const accepts = (other: { readonly version: string }) => {
    const published = publishTimes(packument).get(other.version);
    return published !== undefined && releaseSigns(packument, other.version, now).length === 0;
  };
  const question = { packument, coolDown: cooldownOf(project), now, accepts };
  const sameMajor = candidateVersion({ ...question, range: `>=${semver.major(version)}.0.0 <${version}` });
  return (sameMajor ?? candidateVersion({ ...question, range: `<${version}` }))?.version;
}
