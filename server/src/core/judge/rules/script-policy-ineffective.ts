import { type Drift, lockedKey, policyDrift } from '../../know/scripts/policy-drift.ts';
import { removeDecisions } from '../../know/scripts/remove-decisions.ts';
import { scriptPolicyOf } from '../../know/scripts/script-decision.ts';
import { writeDecisions } from '../../know/scripts/write-decision.ts';
import { removeNpmrcKey } from '../../read/config/npm/edit-npmrc.ts';
import { removeLines } from '../../read/config/tree/remove-lines.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { splitRegistryKey } from '../../read/manager/decision-key.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { WrittenDecision } from '../../read/manager/model/scripts.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { Fix, Severity } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { removeProperty, renameKey } from '../../read/text/json/json-edit.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { defineRule, type FixContext, type Found, type RuleContext } from '../check/rule.ts';

/**
 * A decision on scripts that has no effect looks like protection, or like an approval, and is neither. Known false
 * positives: none; what the lockfile or the version of the package manager does not show is not reported.
 */
interface Ineffective {
  readonly type: Drift['type'] | 'key' | 'value' | 'version' | 'member' | 'replaced';
  readonly setting: string;
  readonly key: string;
  /** The package manager, with its version if that decides. */
  readonly manager: string;
  /** A key, a setting, or a version, for what to do instead. */
  readonly instead: string | null;
  /** The names, of those that are reported together. */
  readonly names: readonly string[];
}

export const scriptPolicyIneffective = defineRule<Ineffective, Record<string, never>>({
  id: 'script-policy-ineffective',
  category: 'scripts',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A decision on install scripts that has no effect, or approves more than it needs.',
    why: `Each package manager reads its own list, at its own place, from a certain version on, and most ignore what
they cannot read. The rule reports

- a key with a range, which no package manager reads,
- a value that is neither \`true\` nor \`false\`,
- a key that names an alias instead of the package,
- a list that this version does not read yet, or no longer, or that another package manager reads,
- a list in a workspace member, where only the root counts,
- \`allow-scripts\` of .npmrc beside \`allowScripts\`, which replaces it.

As hints with a fix, it reports approvals of packages and versions that are not locked, and approvals of every future
version where exact versions are possible.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "sharp": "^0.33.0"
  },
  "allowScripts": {
    "sharp@^0.33.0": true
    ^^^^^^^^^^^^^^^ script-policy-ineffective: "sharp@^0.33.0" has no effect in allowScripts: only exact versions count. Use "sharp@0.33.5".
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "sharp": "^0.33.0" } },
    "node_modules/sharp": {
      "version": "0.33.5",
      "resolved": "https://registry.public.example.test/sharp/-/sharp-0.33.5.tgz",
      "hasInstallScript": true
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "sharp": "^0.33.0"
  },
  "allowScripts": {
    "sharp@0.33.5": true
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "sharp": "^0.33.0" } },
    "node_modules/sharp": {
      "version": "0.33.5",
      "resolved": "https://registry.public.example.test/sharp/-/sharp-0.33.5.tgz",
      "hasInstallScript": true
    }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }) {
      if (manifest.uri === project.rootManifest?.uri) yield* inFile('manifest', manifest.uri, project);
      else if (project.members.has(manifest.uri)) {
        const { review, written } = specOf(project.manager).scripts;
        // What Bun reads in members is not documented.
        if (review === 'trustedDependencies' || project.manager.because === 'default') return;
        const { manager, lockfile } = project;
        const [first] = written({ manager, lockfile, rootManifest: manifest, pnpmWorkspace: undefined });
        if (first !== undefined && !first.setting.includes('.')) yield found(first, 'member', project);
      }
    },
    *pnpmWorkspace(file, { project }) {
      if (file.uri === project.pnpmWorkspace?.uri) yield* inFile('workspace', file.uri, project);
    },
    *npmrc({ entries }, context) {
      const line = entries.findLast(({ key }) => key === 'allow-scripts');
      if (line === undefined || !replacesSetting(context)) return;
      const key = { value: line.key, span: line.keySpan };
      const decision = { file: 'manifest', setting: line.key, key, allowed: true, value: undefined } as const;
      yield found(decision, 'replaced', context.project);
    },
  },
  message({ data: { type, setting, key, manager, instead, names } }) {
    const item = JSON.stringify(shownText(key, 100));
    switch (type) {
      case 'key':
        return `${item} has no effect in ${setting}: only exact versions count. ${instead === null ? 'Remove it' : `Use ${JSON.stringify(instead)}`}.`;
      case 'value':
        return `${item} has no effect in ${setting}: its value is neither true nor false. Set it to one of them.`;
      case 'alias':
        return `${item} has no effect in ${setting}: it is an alias of another package. Use ${JSON.stringify(instead)}.`;
      case 'version':
      case 'unread':
        return `${setting} has no effect: ${manager} does not read it. ${instead}.`;
      case 'foreign':
        return `${setting} has no effect: ${manager} does not read it. Use ${instead}, or remove it.`;
      case 'member':
        return `${setting} has no effect in a workspace member: ${manager} reads that of the root. Move it there.`;
      case 'replaced':
        return `${setting} has no effect: allowScripts of package.json replaces it. Delete the line.`;
      case 'stale':
        return names.length === 1
          ? `${setting} approves ${item}, which is not locked. Remove it.`
          : `${setting} approves ${names.length} packages that are not locked: ${listed(names)}. Remove them.`;
      case 'unpinned':
        return names.length === 1
          ? `${setting} approves every future version of ${names[0]}. Use ${JSON.stringify(instead)}.`
          : `${setting} approves every future version of ${names.length} packages: ${listed(names)}. Pin them to the locked versions.`;
    }
  },
  *fix({ data: { type, key, instead, setting }, span }, context) {
    const { file, uri } = context;
    const toFix = (title: string, edits: readonly TextEdit[] | undefined): Fix[] =>
      edits === undefined || edits.length === 0
        ? []
        : [{ title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) }];
    const decision = writtenIn(context).find((one) => one.key.span.start === span.start);
    if (type === 'replaced') yield* toFix(`Delete "${setting}"`, removeNpmrcKey(file.text, setting));
    if (type === 'version') yield* moveList(setting, context.project);
    if (decision === undefined) return;
    if ((type === 'key' || type === 'alias') && instead !== null) {
      const title = `Replace ${JSON.stringify(key)} with ${JSON.stringify(instead)}`;
      yield* toFix(title, renamed(file, decision, instead));
    } else if (type === 'key') {
      yield* toFix(`Remove ${JSON.stringify(key)} from ${setting}`, removeDecisions(file.text, [decision]));
    } else if (type === 'stale' || type === 'unpinned') {
      const { project } = context;
      const alike = policyDrift(project)
        .filter((one) => one.type === type && one.decision.setting === setting)
        .map((one) => one.decision);
      if (type === 'stale') {
        const what = alike.length === 1 ? JSON.stringify(key) : `${alike.length} packages`;
        yield* toFix(`Remove ${what} from ${setting}`, removeDecisions(file.text, alike));
      } else {
        const what =
          alike.length === 1 ? JSON.stringify(instead) : `the locked versions of ${alike.length} packages`;
        const edits = alike.flatMap(
          (one) => renamed(file, one, lockedKey(project, nameIn(one)) ?? one.key.value) ?? [],
        );
        yield* toFix(`Approve ${what} instead`, edits);
      }
    }
  },
});

const SEVERITY: Readonly<Partial<Record<Ineffective['type'], Severity>>> = {
  stale: 'hint',
  unpinned: 'hint',
};

function* inFile(kind: WrittenDecision['file'], uri: Uri, project: Project): Generator<Found<Ineffective>> {
  const settings = new Set<string>();
  const drifts = policyDrift(project);
  for (const drift of drifts) {
    const { decision, type } = drift;
    if (decision.file !== kind) continue;
    const pinned = lockedKey(project, nameIn(decision)) ?? null;
    switch (type) {
      case 'unread': {
        const { why } = drift;
        if (why.type === 'key') yield found(decision, 'key', project, pinned);
        else if (why.type === 'value') yield found(decision, 'value', project);
        else if ('version' in why && !settings.has(decision.setting)) {
          settings.add(decision.setting);
          const { title } = specOf(project.manager);
          const instead =
            why.type === 'since' ? `Update ${title} to ${why.version} or later` : `Use ${why.instead}`;
          yield found(decision, 'version', project, instead);
        }
        break;
      }
      case 'alias':
        yield found(decision, 'alias', project, pinnedAs(drift.of, decision, project));
        break;
      case 'foreign':
        yield found(decision, 'foreign', project, ownSetting(project));
        break;
    }
  }
  for (const type of ['stale', 'unpinned'] as const) {
    const alike = drifts.filter((one) => one.type === type && one.decision.file === kind);
    for (const [setting, of] of groupBy(alike, ({ decision }) => decision.setting)) {
      const [first, ...others] = of.map(({ decision }) => decision);
      if (first === undefined) continue;
      const names = of.map(({ decision }) => decision.key.value);
      const instead = type === 'unpinned' ? (lockedKey(project, nameIn(first)) ?? null) : null;
      const related = others.map(({ key }) => ({ uri, span: key.span, message: `Another in ${setting}.` }));
      yield { ...found(first, type, project, instead, names), related };
    }
  }
}

/** Names up to three, and counts the rest. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => shownText(name, 60));
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

function nameIn({ key }: WrittenDecision): string {
  return splitRegistryKey(key.value)?.name ?? key.value;
}

/** Returns the key for the package of an alias, with versions if the alias has them. */
function pinnedAs(name: string, { key }: WrittenDecision, project: Project): string {
  const hasVersions = splitRegistryKey(key.value)?.specifier !== '';
  return (hasVersions ? lockedKey(project, name) : undefined) ?? name;
}

function found(
  { setting, key }: WrittenDecision,
  type: Ineffective['type'],
  { manager }: Project,
  instead: string | null = null,
  names: readonly string[] = [],
): Found<Ineffective> {
  const { title } = specOf(manager);
  const shown = manager.version === undefined || type !== 'version' ? title : `${title} ${manager.version}`;
  const name = splitRegistryKey(key.value)?.name;
  const severity = SEVERITY[type];
  return {
    span: key.span,
    data: { type, setting, key: key.value, manager: shown, instead, names },
    ...(severity === undefined ? {} : { severity }),
    ...(name === undefined || type === 'replaced' ? {} : { package: name }),
  };
}

function ownSetting(project: Project): string {
  const { review, approvedIn } = specOf(project.manager).scripts;
  return review === 'none' ? 'ignore-scripts' : (approvedIn?.(project) ?? review);
}

/** Checks whether npm reads `allowScripts` of the root instead of the setting. */
function replacesSetting({ project }: RuleContext): boolean {
  const { manager, rootManifest, npmConfig } = project;
  const { review } = specOf(manager).scripts;
  if (review !== 'allowScripts' || rootManifest?.allowScripts === undefined) return false;
  const setting = npmConfig.get('allow-scripts');
  // The policy then has nothing of the setting.
  const withoutIt = scriptPolicyOf(rootManifest, { get: () => undefined });
  return setting?.source.type === 'file' && withoutIt.size > 0;
}

function writtenIn({ file, project }: FixContext): readonly WrittenDecision[] {
  const { written } = specOf(project.manager).scripts;
  const kind = file.kind === 'manifest' ? 'manifest' : 'workspace';
  return written(project).filter((one) => one.file === kind);
}

/** Moves a list that this version no longer reads to the setting that replaced it. */
function moveList(setting: string, project: Project): readonly Fix[] {
  const { rootManifest, pnpmWorkspace } = project;
  const { written, unread } = specOf(project.manager).scripts;
  const decisions = written(project).filter((one) => one.setting === setting);
  const why = decisions[0] === undefined ? undefined : unread(decisions[0], project);
  const wanted = decisions.map(({ key: { value: key }, allowed }) => {
    const name = splitRegistryKey(key)?.name ?? key;
    return { name, version: undefined, key, allowed: allowed === true };
  });
  const moved = why?.type === 'until' ? writeDecisions(wanted, project) : undefined;
  const isInManifest = decisions[0]?.file === 'manifest';
  const file = isInManifest ? rootManifest : pnpmWorkspace;
  if (why?.type !== 'until' || moved === undefined || file === undefined) return [];
  const member = pnpmWorkspace?.setting(setting);
  const last = member?.value?.type === 'list' ? member.value.items.at(-1) : undefined;
  const removal = isInManifest
    ? removeProperty(file.text, setting.split('.'))
    : member === undefined || last === undefined
      ? undefined
      : removeLines(file.text, { start: member.keySpan.start, end: last.span.end });
  if (removal === undefined) return [];
  const removals = 'newText' in removal ? [removal] : removal;
  return [
    {
      title: `Move ${setting} to ${why.instead}`,
      applicability: 'unsafe',
      edits: [...removals.map((edit) => ({ uri: file.uri, ...edit })), ...moved.edits],
    },
  ];
}

function renamed(
  { kind, text }: CheckedFile,
  { key, value }: WrittenDecision,
  to: string,
): readonly TextEdit[] | undefined {
  if (kind === 'manifest' && value !== undefined) return renameKey(text, key.span, to);
  const quote = text[key.span.start];
  const isPlain = quote !== '"' && quote !== "'" && /^[a-z][\w./@-]*$/i.test(to);
  return [{ span: key.span, newText: isPlain ? to : JSON.stringify(to) }];
}
