import { addListItem } from '../../config/tree/add-list-item.ts';
import { setMapEntries } from '../../config/tree/set-map-entries.ts';
import { yamlScalar } from '../../config/tree/yaml-scalar.ts';
import { appendLines, type TextEdit } from '../../text/edit.ts';
import { appendAllToArray } from '../../text/json/json-edit.ts';
import type { Located } from '../../text/span.ts';
import { hasRange } from '../decision-key.ts';
import type {
  BuildList,
  DecisionEdits,
  DecisionRequest,
  DecisionSources,
  ScriptSupport,
  WrittenDecision,
} from '../model/scripts.ts';
import { isFrom, mayBeFrom } from '../version.ts';
import { PNPM_FIELD } from './files.ts';
import { ALLOW_BUILDS_SINCE, pnpmMajor } from './version.ts';

const LISTS: readonly BuildList[] = [
  'onlyBuiltDependencies',
  'ignoredBuiltDependencies',
  'neverBuiltDependencies',
];

/** The first version that reads settings of its own in pnpm-workspace.yaml. */
const WORKSPACE_SETTINGS_SINCE = '10.5.0';
/** The first version that reads versions in `onlyBuiltDependencies`. */
export const LISTED_VERSIONS_SINCE = '10.19.0';

/** Returns the entries of `allowBuilds` and the items of the older lists. */
export function buildDecisions({ rootManifest, pnpmWorkspace }: DecisionSources): readonly WrittenDecision[] {
  const inList = (file: WrittenDecision['file'], list: BuildList, names: readonly Located<string>[]) =>
    names.map((key) => {
      const setting = file === 'manifest' ? `${PNPM_FIELD}.${list}` : list;
      return { file, setting, key, allowed: list === 'onlyBuiltDependencies', value: undefined };
    });
  return [
    ...(pnpmWorkspace?.allowBuilds ?? []).map(
      ({ key, value }): WrittenDecision => ({
        file: 'workspace',
        setting: 'allowBuilds',
        key,
        allowed: typeof value?.value === 'boolean' ? value.value : undefined,
        value: value?.span,
      }),
    ),
    ...LISTS.flatMap((list) => inList('workspace', list, pnpmWorkspace?.[list] ?? [])),
    ...LISTS.flatMap((list) => inList('manifest', list, rootManifest?.pnpm?.[list] ?? [])),
  ];
}

export const unreadBuildDecision: ScriptSupport['unread'] = ({ setting, key }, { manager: { version } }) => {
  if (setting !== 'allowBuilds')
    return isFrom(version, '11.0.0') ? { type: 'until', version: '10', instead: 'allowBuilds' } : undefined;
  if (!mayBeFrom(version, ALLOW_BUILDS_SINCE)) return { type: 'since', version: ALLOW_BUILDS_SINCE };
  // pnpm itself adds keys with a value that is neither, for which a decision is missing.
  return hasRange(key.value) ? { type: 'key' } : undefined;
};

/** Writes into what this version of pnpm reads: `allowBuilds`, or one of the lists that preceded it. */
export function writeBuildDecisions(
  requests: readonly DecisionRequest[],
  sources: DecisionSources,
): DecisionEdits | undefined {
  const { version } = sources.manager;
  const major = pnpmMajor(sources);
  if (version === undefined ? major >= 11 : isFrom(version, ALLOW_BUILDS_SINCE))
    return writeAllowBuilds(requests, sources);
  const isApproval = requests[0]?.allowed === true;
  if (major >= 10) {
    const pinned = isApproval && isFrom(version, LISTED_VERSIONS_SINCE);
    const items = requests.map(({ name, key }) => (pinned ? key : name));
    return writeList(isApproval ? 'onlyBuiltDependencies' : 'ignoredBuiltDependencies', items, sources);
  }
  const names = requests.map(({ name }) => name);
  const written = writeList(isApproval ? 'onlyBuiltDependencies' : 'neverBuiltDependencies', names, sources);
  const isFirst = isApproval && (sources.rootManifest?.pnpm?.onlyBuiltDependencies.length ?? 0) === 0;
  // pnpm refuses to install with both lists.
  const hasOther = isApproval && (sources.rootManifest?.pnpm?.neverBuiltDependencies.length ?? 0) > 0;
  if (written === undefined || hasOther) return undefined;
  return isFirst ? { ...written, besides: 'which denies all others' } : written;
}

function writeAllowBuilds(
  requests: readonly DecisionRequest[],
  { manager, pnpmWorkspace }: DecisionSources,
): DecisionEdits | undefined {
  if ((pnpmWorkspace?.problems.length ?? 0) > 0) return undefined;
  const key = 'allowBuilds';
  const member = pnpmWorkspace?.setting(key);
  const renames: TextEdit[] = [];
  const lines: [string, boolean][] = [];
  for (const request of requests) {
    // pnpm adds `name: set this to true or false` itself, which becomes the decision.
    const asked = pnpmWorkspace?.allowBuilds.find(
      (entry) => entry.key.value === request.name && typeof entry.value?.value !== 'boolean',
    );
    const before = request.replaces?.key ?? (request.key === request.name ? undefined : asked?.key);
    const isThere = pnpmWorkspace?.allowBuilds.some((entry) => entry.key.value === request.key) === true;
    if (before === undefined || isThere) {
      lines.push([request.key, request.allowed]);
      continue;
    }
    renames.push({
      span: before.span,
      newText: requoted(request.key, pnpmWorkspace!.text, before.span.start),
    });
    if (before.value === asked?.key.value && asked.value !== undefined)
      renames.push({ span: asked.value.span, newText: String(request.allowed) });
    else if (before.value === asked?.key.value) return undefined;
  }
  const edits = lines.length === 0 ? [] : setMapEntries({ text: pnpmWorkspace?.text, key, member }, lines);
  if (edits === undefined) return undefined;
  const content = requests.map((request) => `${request.key}: ${request.allowed}`).join(', ');
  const besides = manager.version === undefined ? 'which pnpm reads since 10.26' : undefined;
  return {
    file: 'workspace',
    setting: key,
    content,
    ...(besides === undefined ? {} : { besides }),
    edits: [...renames, ...edits],
  };
}

/** Keys with a blank or an `@` in front need quotes. */
function requoted(key: string, text: string, start: number): string {
  const quote = text[start];
  if (quote === "'") return `'${key}'`;
  return quote === '"' || !/^[a-z][\w./@-]*$/i.test(key) ? JSON.stringify(key) : key;
}

/** Writes into the file that already has the list, otherwise into the one that this version prefers. */
function writeList(
  list: BuildList,
  items: readonly string[],
  { manager, rootManifest, pnpmWorkspace }: DecisionSources,
): DecisionEdits | undefined {
  const content = items.join(', ');
  const isInManifest = (rootManifest?.pnpm?.[list].length ?? 0) > 0;
  const readsWorkspace = isFrom(manager.version, WORKSPACE_SETTINGS_SINCE);
  if (isInManifest || !readsWorkspace) {
    if (rootManifest === undefined) return undefined;
    const edits = appendAllToArray(rootManifest.text, [PNPM_FIELD, list], items);
    const setting = `${PNPM_FIELD}.${list}`;
    return edits === undefined ? undefined : { file: 'manifest', setting, content, edits };
  }
  if ((pnpmWorkspace?.problems.length ?? 0) > 0) return undefined;
  const text = pnpmWorkspace?.text ?? '';
  const member = pnpmWorkspace?.setting(list);
  const edits =
    member === undefined
      ? [appendLines(text, [`${list}:`, ...items.map((item) => `  - ${yamlScalar(item)}`)])]
      : items.map((item) => addListItem({ text, syntax: 'yaml', key: list, member, below: undefined }, item));
  // Items without one before them would get no comma.
  const isFirst = member?.value?.type === 'list' && member.value.items.length === 0;
  const made = edits.filter((edit) => edit !== undefined);
  if (made.length < edits.length || (isFirst && items.length > 1)) return undefined;
  return { file: 'workspace', setting: list, content, edits: made };
}
