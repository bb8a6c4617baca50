import type { JsonNode, JsonProperty } from '../text/json/json-node.ts';
import { parseJsonTree } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import { START } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';
import { NO_CONTROLS, readControls } from './controls.ts';
import { INCIDENT_MEMBERS, type IncidentNotes, NO_INCIDENT_NOTES } from './incident-members.ts';
import type { Policy, PolicyProblem } from './policy.ts';
import { isPreset, PRESETS, type Preset } from './presets.ts';
import { NO_TRIGGERS, readApproval, readTriggers } from './read-approvals.ts';
import { readEntry } from './read-entry.ts';
import { readIgnores } from './read-ignores.ts';
import { readItems } from './read-items.ts';
import { lastOfEach, locatedText, type Report, reportUnknownKey } from './read-members.ts';
import { readOverride } from './read-overrides.ts';
import { readGlob, readHost, readMirror, readNamed, readPrivateScope } from './read-policy-values.ts';
import { readRuleSettings } from './read-rule-settings.ts';
import { readAllow, readDeny } from './read-terms.ts';
import { NO_WATCH_NAMES, WATCH_MEMBERS, type WatchNames } from './watch-members.ts';

/** The name of a project's configuration file. */
export const POLICY_FILE_NAME = 'dependency-hygiene.json';

/** The policy of a project without a configuration file. */
export const DEFAULT_POLICY: Policy = {
  kind: 'policy',
  uri: undefined,
  text: '',
  rootSpan: undefined,
  problems: [],
  lostPrivacy: undefined,
  extends: [],
  overrides: [],
  preset: undefined,
  rules: new Map(),
  ignores: [],
  exclude: [],
  fixtures: undefined,
  excludeSpans: [],
  privateScopes: [],
  internalNames: [],
  mirrors: [],
  allowedHosts: [],
  allowNames: [],
  deny: [],
  allow: [],
  approvals: [],
  requireApproval: NO_TRIGGERS,
  controls: NO_CONTROLS,
  incident: NO_INCIDENT_NOTES,
  watch: NO_WATCH_NAMES,
};

/** Each is matched against every path. */
const MOST_GLOBS = 1000;
/** Each is matched against every checked file. */
const MOST_OVERRIDES = 100;
/** In a file that is not JSON, each character may be a problem. */
const MOST_PROBLEMS = 100;

const KEYS = [
  '$schema',
  'extends',
  'preset',
  'rules',
  'ignores',
  'exclude',
  'fixtures',
  'privateScopes',
  'internalNames',
  'mirrors',
  'allowedHosts',
  'allowNames',
  'deny',
  'allow',
  'approvals',
  'requireApproval',
  'controls',
  'incident',
  'watch',
  'overrides',
] as const;

/**
 * Reads a configuration file, comments and trailing commas allowed. What cannot be read is reported with its place and
 * skipped; the rest is effective. Never throws.
 */
export function readPolicy(uri: Uri, text: string): Policy {
  const policy = readWhole(uri, text);
  const next = policy.problems[MOST_PROBLEMS - 1];
  if (next === undefined) return policy;
  const first = policy.problems.slice(0, MOST_PROBLEMS - 1);
  return { ...policy, problems: [...first, { ...next, message: 'More problems follow. Fix these first.' }] };
}

function readWhole(uri: Uri, text: string): Policy {
  const tree = parseJsonTree(text, { trailingCommas: true });
  const problems: PolicyProblem[] = [...tree.problems];
  const report: Report = (span, message, suggestion) => problems.push({ span, message, suggestion });
  const policy = { ...DEFAULT_POLICY, uri, text, rootSpan: tree.root?.span, problems };
  if (tree.root?.type !== 'object') {
    const span = tree.root?.span ?? START;
    if (tree.root !== undefined) report(span, 'The configuration must be an object.');
    return { ...policy, lostPrivacy: problems[0] ?? { span, message: 'It is empty.' } };
  }
  let lostPrivacy = tree.problems[0] ?? repeatedPrivacyKey(tree.root.members);

  const byKey = new Map<string, JsonNode>();
  for (const property of lastOfEach(tree.root.members, report)) {
    const { key, keySpan, value } = property;
    const known: readonly string[] = KEYS;
    if (!known.includes(key)) {
      if (key.startsWith('x-')) continue;
      reportUnknownKey(key, keySpan, known, report);
      const problem = problems.at(-1);
      if (PRIVACY_KEYS.has(problem?.suggestion ?? '')) lostPrivacy ??= problem;
    } else if (value !== undefined) {
      byKey.set(key, value);
    }
  }
  const schema = byKey.get('$schema');
  if (schema !== undefined && schema.type !== 'string') report(schema.span, '"$schema" must be a string.');
  const items = <T>(key: string, read: (node: JsonNode, report: Report) => T | undefined): T[] => {
    const before = problems.length;
    const found = readItems(key, byKey.get(key), read, report);
    if (PRIVACY_KEYS.has(key))
      lostPrivacy ??= problems.slice(before).find(({ suggestion }) => suggestion === undefined);
    return found;
  };
  const globs = items('exclude', readGlob);
  const exclude = globs.slice(0, MOST_GLOBS);
  const beyond = globs[MOST_GLOBS];
  if (beyond !== undefined)
    report(beyond.span, `Only the first ${MOST_GLOBS} globs of "exclude" count; use fewer that match more.`);
  const fixtures = items('fixtures', readGlob).slice(0, MOST_GLOBS);
  const overrides = items('overrides', (node, report) => readOverride(uri, node, report));
  const more = overrides[MOST_OVERRIDES];
  if (more !== undefined) report(more.span, `Only the first ${MOST_OVERRIDES} "overrides" count.`);
  const values = {
    extends: readExtends(byKey.get('extends'), report),
    overrides: overrides.slice(0, MOST_OVERRIDES),
    preset: readPreset(byKey.get('preset'), report),
    rules: readRuleSettings(byKey.get('rules'), report),
    ignores: items('ignores', readIgnores),
    exclude: exclude.map(({ value }) => value),
    fixtures: byKey.has('fixtures') ? fixtures.map(({ value }) => value) : undefined,
    excludeSpans: exclude.map(({ span }) => span),
    privateScopes: items('privateScopes', readPrivateScope),
    internalNames: items('internalNames', readText('A name')),
    mirrors: items('mirrors', readMirror),
    allowedHosts: items('allowedHosts', readHost),
    allowNames: items('allowNames', readNamed),
    deny: items('deny', (node, report) => readDeny(uri, node, report)),
    allow: items('allow', (node, report) => readAllow(uri, node, report)),
    approvals: items('approvals', readApproval),
    requireApproval: readTriggers(byKey.get('requireApproval'), report),
    controls: readControls(uri, byKey.get('controls'), report),
    incident: readIncidentNotes(byKey.get('incident'), report),
    watch: readWatchNames(byKey.get('watch'), report),
  };
  return { ...policy, ...values, lostPrivacy };
}

const PRIVACY_KEYS: ReadonlySet<string> = new Set(['privateScopes', 'internalNames']);

/** Of two lists under one key the first is lost. */
function repeatedPrivacyKey(members: readonly JsonProperty[]): PolicyProblem | undefined {
  const repeated = members.find(
    ({ key }, at) => PRIVACY_KEYS.has(key) && members.findIndex((other) => other.key === key) !== at,
  );
  return repeated && { span: repeated.keySpan, message: `"${repeated.key}" appears twice here.` };
}

/** Reads one item or a list of them. What they name is looked up where files are known. */
function readExtends(node: JsonNode | undefined, report: Report): Policy['extends'] {
  const read = (item: JsonNode, to: Report) => locatedText(item, 'An item of "extends"', to);
  return node?.type === 'string'
    ? [read(node, report)].filter((item) => item !== undefined)
    : readItems('extends', node, read, report);
}

function readPreset(node: JsonNode | undefined, report: Report): Preset | undefined {
  const value = node?.type === 'string' ? node.value : undefined;
  if (node === undefined || isPreset(value)) return value as Preset | undefined;
  const words = Object.keys(PRESETS);
  const meant = value === undefined ? undefined : nearestWord(value, words);
  const listed = new Intl.ListFormat('en', { type: 'disjunction' }).format(words.map((word) => `"${word}"`));
  report(node.span, `A preset is ${listed}.`, meant);
  return undefined;
}

function readIncidentNotes(node: JsonNode | undefined, report: Report): IncidentNotes {
  const entry = node === undefined ? undefined : readEntry(node, INCIDENT_MEMBERS, '"incident"', report);
  return { ...NO_INCIDENT_NOTES, ...entry?.values };
}

function readWatchNames(node: JsonNode | undefined, report: Report): WatchNames {
  const entry = node === undefined ? undefined : readEntry(node, WATCH_MEMBERS, '"watch"', report);
  return { ...NO_WATCH_NAMES, ...entry?.values };
}

function readText(what: string): (node: JsonNode, report: Report) => string | undefined {
  return (node, report) => locatedText(node, what, report)?.value;
}
