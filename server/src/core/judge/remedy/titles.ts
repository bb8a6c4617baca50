import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { type Cooldown, describeWait } from '../../read/project/manager/cooldown.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';
import { formatAge } from '../../read/text/words/dates.ts';
import type { BadPackage } from './bad-package.ts';
import type { CheckedPlan } from './check-plan.ts';
import type { Choice } from './choices-of.ts';
import type { PlannedOverride } from './overrides/plan-override.ts';
import { describeField } from './overrides/write-override.ts';
import type { RaisedRange } from './raised-range.ts';
import type { Remedy } from './remedy.ts';

/** Facts for a title besides the change itself. */
export interface TitleFacts extends CheckedPlan {
  readonly bad: BadPackage;
  readonly isMajor: boolean;
  readonly now: number;
  readonly coolDown: Cooldown;
}

/**
 * Formats `Fix 4 vulnerabilities: lodash → 4.18.0`, `Replace the malware axios 1.14.1: axios → 1.14.0` for remedies
 * with the same change.
 */
export function fixTitle(
  remedies: readonly Pick<Remedy, 'bad' | 'title' | 'clears' | 'isMalware'>[],
  change: string = remedies[0]!.title,
): string {
  const malware = remedies.filter(({ isMalware }) => isMalware);
  const names = listed(malware.map(({ bad }) => shownText(`${bad.name} ${bad.version}`)));
  const count = remedies.reduce((sum, { clears }) => sum + clears.length, 0);
  const aim =
    malware.length > 0
      ? `Replace the malware ${names}`
      : `Fix ${count} ${count === 1 ? 'vulnerability' : 'vulnerabilities'}`;
  const isSentence = /^(?:Override|Change|Copy|Remove) (?!→)/.test(change);
  return `${aim}: ${isSentence ? change.charAt(0).toLowerCase() + change.slice(1) : change}`;
}

/**
 * Formats `mkdirp → ^0.5.6, which pulls in minimist 1.2.8`.
 * @param forgotten versions also removed from the lockfile
 */
export function updateTitle(
  facts: TitleFacts,
  raised: readonly RaisedRange[],
  forgotten: readonly BadPackage[],
): string {
  const { bad, choices } = facts;
  const gone = listed(forgotten.map(({ name, version }) => `${name} ${version}`));
  const forgetting = gone === '' ? '' : `, and remove ${gone} from yarn.lock`;
  const what = describeRaised(raised) + forgetting;
  const others = new Set(raised.map(({ place }) => place.target).filter((name) => name !== bad.name));
  if (others.size === 0) return what + notes(facts);
  const verb = others.size === 1 ? 'pulls in' : 'pull in';
  const brought =
    choices.length === 0 ? `no longer ${verb} ${bad.name}` : `${verb} ${bad.name} ${versionWords(choices)}`;
  return `${what}, which ${brought}${notes(facts)}`;
}

/** Formats `Copy "npm update minimist"` for a command that does everything. */
export function refreshTitle(
  facts: TitleFacts,
  lockfile: Uri | undefined,
  command: string | undefined,
): string {
  const { bad, choices } = facts;
  if (lockfile === undefined) return `Copy "${command}"${notes(facts)}`;
  const what = `Remove ${bad.name} ${bad.version} from ${nameOf(lockfile)}`;
  return `${what}, so that ${command} takes ${versionWords(choices)}${notes(facts)}`;
}

/** Formats `Override minimist with 1.2.8 in "overrides"`. */
export function overrideTitle(
  facts: TitleFacts,
  lines: readonly PlannedOverride[],
  raised: readonly RaisedRange[],
): string {
  const edited = lines.every(({ isThere }) => isThere);
  const first = lines[0]!;
  const names = listed(lines.map(({ words }) => shownText(words)));
  const value = first.value.startsWith('$') ? JSON.stringify(first.value) : first.value;
  const field = describeField(first.field);
  const change = edited
    ? `Change the override of ${names} to ${value} in ${field}`
    : `Override ${names} with ${value} in ${field}`;
  if (raised.length === 0) return change + notes(facts);
  return `${describeRaised(raised)}, and ${change.charAt(0).toLowerCase()}${change.slice(1)}${notes(facts)}`;
}

/** Formats `mkdirp → ^0.5.6 in pnpm-workspace.yaml and rimraf → ^3.0.2`. */
function describeRaised(raised: readonly RaisedRange[]): string {
  const files = new Map<string, Set<Uri>>();
  for (const { place, text } of raised) {
    const words = shownText(`${place.name} → ${text}`);
    const uris = files.get(words) ?? new Set();
    files.set(words, uris.add(place.token!.uri));
  }
  return listed([...files].map(([words, uris]) => words + describeWhere([...uris])));
}

function describeWhere(uris: readonly Uri[]): string {
  if (uris.length > 1) return ` in ${uris.length} files`;
  const name = nameOf(uris[0]!);
  return name === 'package.json' ? '' : ` in ${name}`;
}

function versionWords(choices: readonly Choice[]): string {
  return listed(choices.map(({ version }) => version));
}

/** Describes drawbacks and unknowns. */
function notes(facts: TitleFacts): string {
  const { bad, named, choices, leaves, isMajor, bundlers, now, coolDown } = facts;
  const found: string[] = [];
  if (isMajor) found.push('major');
  if (leaves.length > 0) found.push(advisoriesLeft(leaves.map(({ id }) => id)));
  if (bundlers.length > 0) found.push(bundledLeft(bad, bundlers));
  const unsure = [
    ...new Map(choices.flatMap(({ unsure }) => unsure).map((each) => [each.id, each])).values(),
  ];
  if (unsure.length > 0) found.push(`unknown whether ${formatId(unsure.map(({ id }) => id))} affects it`);
  const young = named.find(({ coolDown }) => coolDown === 'waits');
  if (young?.publishedAt !== undefined) {
    const age = formatAge(young.publishedAt, now);
    const wait =
      coolDown.wait === 0
        ? 'this project has a cooldown'
        : `this project has a cooldown of ${describeWait(coolDown)}`;
    found.push(`${young.version} was published ${age}, and ${wait}`);
  }
  if (named.some(({ isListed }) => !isListed)) found.push('not looked up in the registry');
  else if (named.some(({ coolDown }) => coolDown === 'unknown')) found.push('its age is unknown');
  return found.length === 0 ? '' : ` (${found.join('; ')})`;
}

/** Formats `leaves GHSA-848j-6mx2-7j84`. */
export function advisoriesLeft(ids: readonly string[]): string {
  return `leaves ${formatId(ids)}`;
}

/** Formats `leaves lodash 4.17.21 in the tarball of tap`. */
export function bundledLeft(
  { name, version }: BadPackage,
  bundlers: readonly Pick<LockEntry, 'name'>[],
): string {
  return `leaves ${name} ${version} in the tarball of ${listed(bundlers.map((each) => each.name))}`;
}

function formatId(ids: readonly string[]): string {
  return ids.length <= 2 ? listed(ids) : `${ids[0]} and ${ids.length - 1} more`;
}

function listed(words: readonly string[]): string {
  const all = [...new Set(words)];
  const last = all.at(-1) ?? '';
  if (all.length > 4) return `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
