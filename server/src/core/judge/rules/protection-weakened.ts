import type { SettingsFile } from '../../read/config/setting-lines.ts';
import { entriesIn } from '../../read/config/tree/config-tree.ts';
import { isBunLockfile } from '../../read/lockfile/bun/bun-lockfile.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { specOfYarnrc } from '../../read/manager/managers.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../read/policy-file/policy-loosening.ts';
import { DEFAULT_POLICY } from '../../read/policy-file/read-policy.ts';
import { describeBase } from '../../read/project/base.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import { removeSetting } from '../../read/project/remove-setting.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';
import { joinUri, nameOf, parentUri } from '../../read/text/paths/uri.ts';
import { type Span, START } from '../../read/text/span.ts';
import { asClause } from '../../read/text/words/clause.ts';
import { lostLists, mayRun } from '../changes/allowed-scripts.ts';
import { changedSettings } from '../changes/changed-code.ts';
import { goneSettings, isKept } from '../changes/gone-settings.ts';
import { defaultReleaseAge, isWrittenOnUpgrade } from '../changes/manager-defaults.ts';
import { newProblems } from '../changes/new-problems.ts';
import { settingWeakening } from '../changes/setting-weakening.ts';
import { isReportedAnyway, standingWeakenings } from '../changes/standing-weakenings.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { type PolicyWeakening, policyWeakenings } from '../policy/policy-weakening.ts';

/**
 * Settings that keep an install from noticing that a package differs from the locked one. The choice of registry is not
 * reported: companies set their own, and `diff` lists new ones. Nor is `enableHardenedMode: false`, as hashes are
 * compared anyway. Known false positives: `checksumBehavior: update` in projects whose cache is built on several
 * platforms.
 */
interface Weakened {
  /** As written in the file. */
  readonly setting: string;
  readonly key: string;
  /** Its effect, as the end of a sentence. */
  readonly effect: string;
  /**
   * For a change of dependency-hygiene.json: whether it removes from the setting, adds to it or loosens it. repeated:
   * for any file, the key now appears twice. unread: the value is no longer readable.
   */
  readonly since?: PolicyWeakening['type'] | 'looser' | 'repeated' | 'unread';
  /** Set for a change since the base: the previous value, null if it was not set. */
  readonly before?: string | null;
}

export const protectionWeakened = defineRule<Weakened, Record<string, never>>({
  id: 'protection-weakened',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary:
      'A project setting that lets a package manager install something other than the locked packages.',
    why: `A lockfile protects only if packages are compared with the hashes in it. \`checksumBehavior: ignore\` of
Yarn, \`verifyStoreIntegrity: false\` and \`trustLockfile: true\` of pnpm, or \`skip-integrity-check\` of Yarn 1 turn that
comparison off. Anyone who can pose as the registry then decides what is installed. \`unsafeHttpWhitelist\` with
a wildcard lets Yarn fetch from any host without encryption. \`configDependencies\` without a hash can run code in
pnpm before any other check. \`allow-git=all\` of npm 12 and a wildcard in \`trustPolicyExclude\` undo safe defaults.

Settings that weaken less are information or a hint: \`audit=false\`, \`legacy-peer-deps=true\`, \`force=true\`, a cooldown
of 0, and \`approvedGitRepositories\` with a wildcard, which Yarn writes when it upgrades a lockfile.

The rule also reports settings that protect less than in the base (the last commit, or the commit given with
\`check --base\`):

- install scripts that \`ignore-scripts\` or \`enableScripts\` no longer prevents, or that are no longer denied
- a removed list of allowed scripts, if all scripts run without it
- \`package-lock=false\`, a shorter cooldown, a new certificate authority
- a key that appears twice, also if the first of two older ones changed
- with \`check --base\`, a file that can no longer be read completely
- with \`check --base\`, a package added to a list of allowed scripts or exemptions (information)

Settings of a deleted file are reported at package.json.

With \`check --base\`, the rule compares dependency-hygiene.json as well. The check itself uses the base: private names
stay private, and files that only the change excludes are checked. Other changes apply only if they make rules about
installed packages stricter.

- Warning: a removed private scope or internal name, a rule that is switched off or lowered, a looser option, a new
  host, mirror or registry of a scope.
- Information: new globs in \`exclude\` or \`fixtures\`, a smaller preset, a new allowed name, a new ignore. An ignore
  that accepts a vulnerability takes effect.

Without \`--base\`, the file applies as it is.

\`dephygiene diff\` shows every changed setting.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .yarnrc.yml --
checksumBehavior: ignore
^^^^^^^^^^^^^^^^^^^^^^^^ protection-weakened
`,
    good: `-- package.json --
{ "name": "shop" }
-- .yarnrc.yml --
checksumBehavior: throw
`,
  },
  check: {
    *policy(file, { project: { sinceBase, reviewed, policyLoosenings = [] } }) {
      const before = file.uri === undefined || !sinceBase.isGiven ? undefined : reviewed?.files.get(file.uri);
      if (before === undefined || (before !== 'absent' && before.kind !== 'policy')) return;
      for (const weakening of policyWeakenings(before === 'absent' ? undefined : before, file))
        yield ofPolicy(weakening, 'in dependency-hygiene.json');
      for (const loosening of policyLoosenings)
        yield ofLoosening(loosening, loosening.span ?? placeIn(file, loosening.key));
    },
    *manifest(file, { project }) {
      yield* sinceBase(file, project);
      yield* trustedByLockfile(file, project);
      if (parentUri(file.uri) === project.root)
        for (const { change, file: gone } of goneSettings(project))
          for (const found of weakenedBy(change, project))
            yield {
              ...found,
              span: firstToken(file.rootSpan),
              data: { ...found.data, setting: `${change.key} (removed with ${gone})` },
            };
      const { root, reviewed, policy, policyLoosenings = [] } = project;
      if (reviewed === undefined || parentUri(file.uri) !== root) return;
      // If another file is in effect than in the base but is not part of the change, its own tokens are not to blame.
      const isOwn = policy.uri !== undefined && reviewed.files.has(policy.uri);
      for (const loosening of isOwn ? [] : policyLoosenings)
        yield ofLoosening(loosening, firstToken(file.rootSpan));
      for (const uri of reviewed.gone) {
        const before = reviewed.files.get(uri);
        if (before === 'absent' || before?.kind !== 'policy' || parentUri(uri) !== root) continue;
        for (const weakening of policyWeakenings(before, { ...DEFAULT_POLICY, rootSpan: file.rootSpan }))
          yield ofPolicy(weakening, 'as dependency-hygiene.json is gone');
      }
    },
    npmrc: (file, { project }) => inFile(file, project),
    bunfig: (file, { project }) => inFile(file, project),
    *program({ uri }, { project }) {
      for (const change of project.sinceBase.programs.get(uri)?.settings ?? [])
        yield* weakenedBy(change, project);
    },
    *pnpmWorkspace(file, { project }) {
      yield* inFile(file, project);
      for (const { key, value } of entriesIn(file.setting('configDependencies')?.value)) {
        // pnpm 11 and later keep their hashes in the lockfile.
        if (value === undefined || /\+sha\d+-/.test(value.text)) continue;
        const setting = `configDependencies: ${key.value}`;
        const effect = `pnpm runs "${key.value}" in each install, whatever the registry gives for it`;
        const span = { start: key.span.start, end: value.span.end };
        yield { span, data: { setting, key: 'configDependencies', effect }, package: key.value };
      }
    },
    *yarnrc(file, { project }) {
      yield* inFile(file, project);
      const key = specOfYarnrc(file).settings.checksums;
      const checksums = key === undefined ? undefined : file.setting(key);
      if (checksums?.value?.type !== 'scalar' || checksums.value.text !== 'ignore') return;
      const effect = 'Yarn installs a changed package in place of the locked one';
      const span = { start: checksums.keySpan.start, end: checksums.value.span.end };
      const data = { setting: `${checksums.key}: ignore`, key: checksums.key, effect };
      yield { span, data, severity: 'error' };
    },
  },
  message({ severity, data: { setting, effect, since, before } }, base) {
    if (since === 'unread')
      return `${shownText(setting, LONGEST)} can be read only in part since ${describeBase(base)}, so that not all settings are compared: ${asClause(effect)}. Correct it.`;
    if (since === 'repeated' && before !== undefined)
      return `"${shownText(setting, LONGEST)}" appears twice here, and the first is not what it was in ${describeBase(base)}: ${effect}. Delete one of the two.`;
    if (since === 'repeated')
      return `"${shownText(setting, LONGEST)}" appears twice here, unlike in ${describeBase(base)}: ${effect}. Delete one of the two.`;
    if (since === 'looser') {
      const was = before === null ? '' : ` (${shownText(before ?? '', LONGEST)})`;
      return `"${shownText(setting, LONGEST)}" reports less than in ${describeBase(base)}${was}, ${effect}. Confirm that the change is intended.`;
    }
    if (since !== undefined) {
      const what = since === 'lost' ? 'is gone' : 'is new';
      return `"${shownText(setting, LONGEST)}" ${what} since ${describeBase(base)}, ${effect}. Confirm that the change is intended.`;
    }
    if (before === undefined && (severity === 'information' || severity === 'hint'))
      return `"${setting}" turns off a safeguard: ${effect}. Delete it if nothing needs it.`;
    if (before === undefined) return `"${setting}" weakens verification: ${effect}. Delete it.`;
    const was = before === null ? 'not set' : shownText(before, LONGEST);
    const name = shownText(setting, LONGEST);
    return `"${name}" weakens protection compared with ${describeBase(base)} (${was}): ${effect}. Confirm that the change is intended.`;
  },
  *fix({ data: { key, setting, since, before } }, { file, uri }) {
    if (since !== undefined || before !== undefined) return;
    const edits = removeSetting(file, key, ({ value }) => value?.type === 'scalar');
    if (edits.length === 0) return;
    yield {
      title: `Delete "${setting}"`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

/** The limit for a list in a message. */
const LONGEST = 120;

function ofPolicy({ key, items, type, span }: PolicyWeakening, where: string): Found<Weakened> {
  const effect =
    type === 'lost' ? `${where}: the names stay private in this check` : `and does not count in this check`;
  const data = { setting: `${key}: ${items.join(', ')}`, key, effect, since: type };
  return { span, data, ...(type === 'added' ? { severity: 'information' } : {}) };
}

function ofLoosening({ key, value, before, severity, counts }: PolicyLoosening, span: Span): Found<Weakened> {
  const setting = `${key}: ${value}`;
  const effect = counts ? 'and leaves out what it names' : 'and does not count in this check';
  const since = before === undefined ? 'added' : 'looser';
  return {
    span,
    data: { setting, key, effect, since, ...(before === undefined ? {} : { before }) },
    severity,
  };
}

/** Returns the token of the remaining key, otherwise the first token. */
function placeIn(file: Policy, key: string): Span {
  const { root } = parseJsonTree(file.text, { trailingCommas: true });
  const top = key.split('.', 1)[0];
  const member = root?.type === 'object' ? root.members.findLast((one) => one.key === top) : undefined;
  return member?.keySpan ?? firstToken(file.rootSpan);
}

function firstToken({ start, end }: Span = START): Span {
  return { start, end: Math.min(start + 1, end) };
}

/** Yields settings that protect less than in the base, except those reported regardless of the base. */
function* sinceBase(file: CheckedFile, project: Project): Generator<Found<Weakened>> {
  const changes = changedSettings(file, project) ?? [];
  for (const change of changes) yield* weakenedBy(change, project);
  for (const { key, effect, before } of lostLists(changes, project))
    yield { span: { start: 0, end: 0 }, data: { setting: `${key} (removed)`, key, effect, before } };
  const before = project.sinceBase.isGiven ? project.configurationBefore.get(file.uri ?? '') : undefined;
  if (before === undefined) return;
  const [problem] = newProblems(before === 'absent' ? undefined : before, file);
  if (problem !== undefined) {
    const data = { setting: nameOf(file.uri!), key: '', effect: problem.message, since: 'unread' } as const;
    yield { span: problem.span, data };
  }
}

function* weakenedBy(change: ConfigurationChange, project: Project): Generator<Found<Weakened>> {
  const { key, before, after, span, isRepeated } = change;
  if (isRepeated) {
    const effect = 'one of them replaces the other as a whole, and programs differ in which one';
    const was = before === undefined ? {} : { before };
    yield { span: span ?? START, data: { setting: key, key, effect, since: 'repeated', ...was } };
    return;
  }
  const weakening = settingWeakening(change, defaultReleaseAge(project));
  if (weakening === undefined || isReportedAnyway(change) || isWrittenOnUpgrade(change, project)) return;
  const { effect, isOfOne, denied } = weakening;
  if (after === undefined && isKept(change, '', project)) return;
  if (isOfOne && !project.sinceBase.isGiven) return;
  if (denied !== undefined && !mayRun(denied, project)) return;
  const setting = after === undefined ? `${key} (removed)` : `${key}: ${after}`;
  yield {
    // Removed settings have no place of their own.
    span: span ?? { start: 0, end: 0 },
    data: { setting, key, effect, before: before ?? null },
    ...(isOfOne ? { severity: 'information' } : {}),
  };
}

/** Yields packages whose scripts Bun runs according only to its lockfile since the base. */
function* trustedByLockfile(file: Manifest, project: Project): Generator<Found<Weakened>> {
  const { root, committedLockfile } = project;
  if (file.uri !== joinUri(root, 'package.json') || committedLockfile === undefined) return;
  const declared = file.trustedDependencies?.names.map(({ value }) => value) ?? [];
  const known = new Set([...trustedIn(committedLockfile), ...declared]);
  for (const name of trustedIn(project.lockfile)) {
    if (known.has(name)) continue;
    const data = {
      setting: `trustedDependencies: ${name} (bun.lock)`,
      key: 'trustedDependencies',
      effect: 'its install scripts run, which package.json does not say',
      before: null,
    };
    yield { span: file.name?.span ?? { start: 0, end: 0 }, data, package: name };
  }
}

/** Returns the trusted packages; none for an unreadable lockfile, such as an empty one. */
function trustedIn(lockfile: Lockfile | undefined): readonly string[] {
  return lockfile !== undefined && isBunLockfile(lockfile) ? lockfile.trusted.map(({ value }) => value) : [];
}

/** Yields the changes of a file and what weakens verification in it, each setting once. */
function* inFile(file: SettingsFile, project: Project): Generator<Found<Weakened>> {
  const changed = [...sinceBase(file, project)];
  yield* changed;
  const keys = new Set(changed.map(({ data }) => data.key));
  for (const { span, key, setting, effect, severity } of standingWeakenings(file, project.manager)) {
    if (keys.has(key)) continue;
    yield { span, data: { setting, key, effect }, ...(severity === undefined ? {} : { severity }) };
  }
}
