import semver from 'semver';
import { formatAge } from '../features/age.ts';
import { askCoolDown, type CoolDown, coolDownOf, DEFAULT_DAYS } from '../project/manager/cool-down.ts';
import { waitClause, waitPlace } from '../project/manager/wait-clause.ts';
import { candidateVersion } from '../registry/candidate-version.ts';
import { publishTimes } from '../registry/publish-times.ts';
import { isPrivate, plainOf, type SelectedVersion, selectedVersions } from '../registry/selected-versions.ts';
import { pinFix } from '../registry/version-fixes.ts';
import { type CheckedFile, defineRule, type Found, type RuleContext } from './rule.ts';

/**
 * Most hijacked releases are found and taken back within hours or a few days; who waits never installs them. Known false
 * positives: an urgent fix that somebody wants at once; it is let through by an entry of the package manager's list of
 * exemptions, or accepted in the configuration file. Where the registry gives no time of publication that can be
 * believed, nothing is said.
 */
interface Fresh {
  readonly name: string;
  readonly version: string;
  /** The range that takes it where nothing is locked. */
  readonly takenBy: string | null;
  readonly age: string;
  /** What says how long to wait: a clause. */
  readonly wait: string;
  /** A version to take until then. */
  readonly older: string | null;
  readonly declared: string | null;
}

export const freshVersion = defineRule({
  id: 'fresh-version',
  category: 'releases',
  severity: 'warning',
  facts: ['packument'],
  options: {
    days: {
      type: 'number',
      default: DEFAULT_DAYS,
      description:
        'How many days a version has to be public, where the configuration of the package manager does not say it.',
    },
  },
  docs: {
    summary: 'A version that was published too recently.',
    why: `Most hijacked releases are found and taken back within hours or days. How long to wait is what the project's package
manager is told: \`min-release-age\` or \`before\` of npm, \`minimumReleaseAge\` of pnpm and Bun, \`npmMinimalAgeGate\` of Yarn,
with the exemptions that each of them has. Where it is told nothing, the option \`days\` counts, then what the package manager
does by itself, then three days.

Packages of private scopes are left out. Where a registry does not say when a version was published, it counts as not
checked.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "vite": "^8.4.0"
            ^^^^^^^^ fresh-version: vite 8.4.2, which "^8.4.0" takes now, was published 5 h ago, and most bad releases are found within 3 days; take 8.4.1 until then.
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
  perDependency: true,
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, takenBy, age, wait, older } }) {
    const taken = takenBy === null ? '' : `, which ${JSON.stringify(takenBy)} takes now,`;
    const advice = older === null ? 'wait until then' : `take ${older} until then`;
    return `${name} ${version}${taken} was published ${age}, and ${wait}; ${advice}.`;
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<Fresh>> {
  const coolDown = coolDownOf(context.project);
  if (coolDown.wait === 0 && coolDown.before === undefined) return;
  for (const selected of selectedVersions(file, context)) {
    const { target, version, packument } = selected;
    if (isPrivate(target, context.project)) continue;
    const published = packument.times.get(version);
    const answer = askCoolDown(coolDown, target, version, published, context.now);
    // What a mirror fetched is at least as old as it says, and may be older.
    const isKnown = answer !== 'waits' || publishTimes(packument).has(version);
    if (answer === 'unknown' || !isKnown) context.unknown(target);
    if (answer !== 'waits' || !isKnown || published === undefined) continue;
    const { name, declared, span, by } = selected;
    yield {
      span,
      data: {
        name: target,
        version,
        takenBy: by === 'range' ? (declared ?? null) : null,
        age: formatAge(published, context.now),
        wait: waitClause(coolDown),
        older: olderVersion(selected, coolDown, context.now) ?? null,
        declared: selected.isDecidedHere ? (declared ?? null) : null,
      },
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: [...selected.related, ...waitPlace(coolDown)],
    };
  }
}

/** The newest one below it that has waited long enough: in the declared range, else of the same major version. */
function olderVersion(
  { packument, version, specifier }: SelectedVersion,
  coolDown: CoolDown,
  now: number,
): string | undefined {
  const inner = plainOf(specifier);
  const sameMajor = `>=${semver.major(version)}.0.0 <${version}`;
  const ranges = inner?.type === 'range' ? [inner.range, sameMajor] : [sameMajor];
  for (const range of ranges) {
    const accepts = (other: { readonly version: string }) => semver.lt(other.version, version);
    const found = candidateVersion({ packument, range, coolDown, now, accepts });
    if (found !== undefined) return found.version;
  }
  return undefined;
}
