import semver from 'semver';
import { publishTimes } from '../../know/registry/documents/publish-times.ts';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { askCooldown, type Cooldown, cooldownOf, DEFAULT_DAYS } from '../../read/project/manager/cooldown.ts';
import { exemptVersion } from '../../read/project/manager/exempt-version.ts';
import { waitClause, waitPlace } from '../../read/project/manager/wait-clause.ts';
import { formatAge } from '../../read/text/words/dates.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportsIn } from '../exposure/affecting.ts';

/**
 * Most hijacked releases are found and removed within hours or a few days, so a cooldown avoids them. Known false
 * positives: an urgent fix needed at once; exempt it in the package manager's settings, or accept it in the
 * configuration file. Reports nothing if the registry provides no credible publication time.
 */
interface Fresh {
  readonly name: string;
  readonly version: string;
  /** The range that selects it if nothing is locked. */
  readonly takenBy: string | null;
  readonly age: string;
  /** The day its cooldown ends, `YYYY-MM-DD`. */
  readonly until: string | null;
  /** The source of the cooldown, as a clause. */
  readonly wait: string;
  /** A version to use until then. */
  readonly older: string | null;
  /** If every version to use until then has an advisory that this one fixes: that advisory, and such a version. */
  readonly mends: { readonly advisory: string; readonly affected: string } | null;
  readonly declared: string | null;
}

export const freshVersion = defineRule({
  id: 'fresh-version',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: {
    days: {
      type: 'number',
      default: DEFAULT_DAYS,
      stricter: 'more',
      description: "Minimum age of a version in days, unless the package manager's configuration sets one.",
    },
  },
  docs: {
    summary: 'A version that was published too recently.',
    why: `Most hijacked releases are found and removed within hours or days. A cooldown keeps them out. Its length
comes from the first of these that sets one:

1. The package manager's configuration: \`min-release-age\` or \`before\` of npm, \`minimumReleaseAge\` of pnpm and Bun,
   \`npmMinimalAgeGate\` of Yarn. The exemptions of each are honored.
2. The option \`days\`.
3. The package manager's default.
4. Three days.

A fix adds a version that you need now to these exemptions. For npm, which has no exemptions for versions, it adds the
package.

A version that fixes a vulnerability of every older one is only information. Packages of private scopes are not
reported. Where a registry gives no publication time, the version is reported as not checked.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "vite": "^8.4.0"
            ^^^^^^^^ fresh-version: vite 8.4.2, which "^8.4.0" takes now, was published 5 h ago, and most bad releases are found within 3 days. Use 8.4.1 until then.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "vite": "8.4.1"
  }
}
`,
    registry: {
      vite: {
        'dist-tags': { latest: '8.4.2' },
        time: {
          '8.4.0': '2026-09-01T10:00:00Z',
          '8.4.1': '2026-10-01T10:00:00Z',
          '8.4.2': '2026-11-24T07:00:00Z',
        },
        versions: { '8.4.0': {}, '8.4.1': {}, '8.4.2': {} },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, takenBy, age, wait, older, mends } }) {
    const taken = takenBy === null ? '' : `, which ${JSON.stringify(takenBy)} takes now,`;
    if (mends !== null) {
      return `${name} ${version}${taken} was published ${age}, and ${wait}. It fixes ${mends.advisory}, which affects ${mends.affected}, so review its changes and update.`;
    }
    const advice = older === null ? 'Wait until the cooldown ends' : `Use ${older} until then`;
    return `${name} ${version}${taken} was published ${age}, and ${wait}. ${advice}.`;
  },
  *fix({ data, span, package: name }, { file, uri, project }) {
    const { older, declared } = data;
    if (older !== null && declared !== null && name !== undefined) {
      const fix = pinFix({ file, uri, span, name, declared }, older);
      if (fix !== undefined) yield fix;
    }
    const exempt = exemptVersion(project, cooldownOf(project), data);
    if (exempt !== undefined) yield exempt;
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<Fresh>> {
  const coolDown = cooldownOf(context.project);
  if (coolDown.wait === 0 && coolDown.before === undefined) return;
  for (const selected of selectedVersions(file, context)) {
    const { target, version, packument } = selected;
    if (isPrivate(target, context.project)) continue;
    const published = packument.times.get(version);
    const answer = askCooldown(coolDown, target, version, published, context.now);
    // A version fetched by a mirror is at least as old as the mirror states.
    const isKnown = answer !== 'waits' || publishTimes(packument).has(version);
    if (answer === 'unknown' || !isKnown) context.unknown(target);
    if (answer !== 'waits' || !isKnown || published === undefined) continue;
    const { name, declared, span, by } = selected;
    const older = olderVersions(selected, coolDown, context);
    const mends = older.clean === undefined && older.affected !== undefined ? older.affected : null;
    yield {
      span,
      data: {
        name: target,
        version,
        takenBy: by === 'range' ? (declared ?? null) : null,
        age: formatAge(published, context.now),
        until: coolDown.wait === 0 ? null : new Date(published + coolDown.wait).toISOString().slice(0, 10),
        wait: waitClause(coolDown),
        older: older.clean ?? null,
        mends,
        declared: selected.isDecidedHere ? (declared ?? null) : null,
      },
      ...(mends === null ? {} : { severity: 'information' }),
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: [...selected.related, ...waitPlace(coolDown)],
    };
  }
}

interface Older {
  /** The latest lower version that is past its cooldown and free of advisories that this version fixes. */
  readonly clean: string | undefined;
  /** The latest one affected by such an advisory. */
  readonly affected: Fresh['mends'] | undefined;
}

/** Searches the declared range, or else the same major version. */
function olderVersions(
  { packument, target, version, specifier }: SelectedVersion,
  coolDown: Cooldown,
  { project, advisories, now }: RuleContext,
): Older {
  const inner = plainOf(specifier);
  const sameMajor = `>=${semver.major(version)}.0.0 <${version}`;
  const ranges = inner?.type === 'range' ? [inner.range, sameMajor] : [sameMajor];
  const mended = reportsIn(
    project,
    advisories,
  )(target).filter((advisory) => advisory.affects(version) === 'no');
  const advisoryOn = (other: string) => mended.find((advisory) => advisory.affects(other) === 'yes');
  let affected: Older['affected'];
  const accepts = (other: { readonly version: string }) => {
    if (!semver.lt(other.version, version)) return false;
    const advisory = advisoryOn(other.version);
    if (advisory !== undefined) affected ??= { advisory: advisory.id, affected: other.version };
    return advisory === undefined;
  };
  for (const range of ranges) {
    const found = candidateVersion({ packument, range, coolDown, now, accepts });
    if (found !== undefined) return { clean: found.version, affected };
  }
  return { clean: undefined, affected };
}
