import semver from 'semver';
import { memoizeFor } from '../../know/registry/access/remember-for.ts';
import { updateLevel } from '../../know/registry/releases/update-level.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { moveRange } from '../../read/manifest/move-range.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { type Cooldown, cooldownKey, cooldownOf } from '../../read/project/manager/cooldown.ts';
import { ignoredUpdates } from '../../read/project/manager/ignored-updates.ts';
import { updateInRangeCommand } from '../../read/project/manager/update-in-range-command.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { updateFix } from '../check/version-fixes.ts';
import { describeVulnerability, knownAgainst } from '../exposure/known-against.ts';
import {
  describeNewest,
  newestAllowed,
  type PassedOver,
  passedOverLatest,
} from '../remedy/newest-allowed.ts';

/**
 * Only those who update get fixes, and the step grows with time. Never offers a version that has not passed the
 * cooldown, is deprecated or was held back by its publishers. Known false positives: a version kept on purpose; pnpm's
 * list of ignored updates is honored.
 */
interface Outdated {
  readonly name: string;
  readonly version: string;
  /** The latest version in the range, if it is newer. */
  readonly wanted: string | null;
  /** The version tagged `latest`, if it differs from `latest` here, and why it is skipped. */
  readonly tagged: PassedOver | null;
  /** The latest version outside the range. */
  readonly latest: string | null;
  readonly declared: string | null;
}

export const outdatedDependency = defineRule({
  id: 'outdated-dependency',
  category: 'maintenance',
  preset: 'all',
  severity: 'hint',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A dependency with a newer version.',
    why: `Small, frequent updates are easy and include fixes. A new major version is a hint that there is more to
do. A version counts only once it has passed the cooldown (see \`fresh-version\`), is not deprecated, and is not above
the publisher's \`latest\`. Prereleases count only for a dependency that already uses one, and versions only if they run
on the oldest Node of the root manifest's \`engines\`.

Dependencies in pnpm's \`update.ignoreDeps\` or \`updateConfig.ignoreDependencies\` are skipped.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^18.2.0"
             ^^^^^^^^^ outdated-dependency: react 18.2.0 is outdated: 18.3.1 is available in its range, and 19.2.0 is the latest.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "react": "^18.2.0" } },
    "node_modules/react": { "version": "18.2.0" }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^19.2.0"
  }
}
`,
    registry: {
      react: {
        'dist-tags': { latest: '19.2.0' },
        time: {
          '18.2.0': '2022-06-14T10:00:00Z',
          '18.3.1': '2024-04-26T10:00:00Z',
          '19.2.0': '2025-10-01T10:00:00Z',
        },
        versions: { '18.2.0': {}, '18.3.1': {}, '19.2.0': {} },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, wanted, latest, tagged } }) {
    const parts = [
      ...(wanted === null ? [] : [`${wanted} is available in its range`]),
      ...(latest === null ? [] : [`${latest} ${describeNewest(tagged ?? undefined)}`]),
    ];
    return `${name} ${version} is outdated: ${parts.join(', and ')}.`;
  },
  *fix({ data, span, package: key = data.name }, { file, uri, project, advisories }) {
    const against = knownAgainst(project, advisories);
    const { version: current, wanted, latest, declared } = data;
    if (declared === null) return;
    for (const version of [wanted, latest]) {
      const fix = version === null ? undefined : updateFix({ file, uri, span, name: key, declared }, version);
      if (version === null || fix === undefined) continue;
      const level = updateLevel(current, version);
      const found = against.vulnerabilitiesOf(data.name, version);
      const known = found === undefined ? '' : `; ${describeVulnerability(found)}`;
      const title = `Update ${key} to ${moveRange(declared, version)} (${level})${known}`;
      yield { ...fix, title, effect: { type: 'update', isMajor: level === 'major' } };
    }
    const command = wanted === null ? undefined : updateInRangeCommand(project, key);
    if (command === undefined) return;
    const effect = { type: 'update', isMajor: false } as const;
    yield { title: `Copy "${command}"`, applicability: 'display-only', edits: [], command, effect };
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<Outdated>> {
  const { project } = context;
  const coolDown = cooldownOf(project);
  const isIgnored = ignoredUpdates(project);
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, span, packument, declared } = selected;
    if (!selected.isDecidedHere || isIgnored(name)) continue;
    if (packument.times.size === 0 && coolDown.wait > 0) context.unknown(target);
    const newer = newerVersions(selected, coolDown, context);
    if (newer === undefined) continue;
    const isMajor = newer.latest !== undefined && semver.major(newer.latest) > semver.major(version);
    yield {
      span,
      data: {
        name: target,
        version: shownText(version),
        wanted: newer.wanted ?? null,
        latest: newer.latest ?? null,
        tagged: newer.tagged ?? null,
        declared: declared ?? null,
      },
      severity: isMajor && plainOf(selected.specifier)?.type === 'range' ? 'information' : 'hint',
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: selected.related,
    };
  }
}

interface Newer {
  readonly wanted: string | undefined;
  readonly latest: string | undefined;
  readonly tagged: PassedOver | undefined;
}

function newerVersions(
  selected: SelectedVersion,
  coolDown: Cooldown,
  { now, project, advisories }: RuleContext,
): Newer | undefined {
  const { packument, version } = selected;
  const plain = plainOf(selected.specifier);
  if (plain === undefined || plain.type === 'tag' || semver.valid(version) === null) return undefined;
  const { range } = plain;
  const { rootManifest } = project;
  const node = rootManifest?.engines.get('node')?.value ?? '';
  const against = knownAgainst(project, advisories);
  const known = against.keyOf(packument.name);
  const key = `newer ${version} ${range} ${cooldownKey(coolDown)} ${now} ${node} ${known}`;
  return memoizeFor(packument, key, () => {
    const question = { packument, coolDown, now, current: version, engines: rootManifest, against };
    const newerIn = (wanted: string) => {
      const found = newestAllowed(question, wanted);
      return found !== undefined && semver.gt(found, version) ? found : undefined;
    };
    const latest = newerIn('*');
    const wanted = newerIn(range);
    const outside = latest === undefined || semver.satisfies(latest, range) ? undefined : latest;
    if (wanted === undefined && outside === undefined) return undefined;
    return { wanted, latest: outside, tagged: passedOverLatest(packument, outside, rootManifest) };
  });
}
