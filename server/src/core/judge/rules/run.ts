import type { Advisories } from '../../know/advisory/advisories.ts';
import { unreachableFacts, watchedFacts } from '../../know/facts/facts.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import type { UnavailableReason } from '../../know/registry/documents/fact.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import { DEFAULT_PRESET, includesPreset, type Preset } from '../../read/policy-file/presets.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { isFixtureFile } from '../../read/project/fixture-files.ts';
import type { Project } from '../../read/project/project.ts';
import type { Finding, Fix, FoundAdvisory, Related, Severity } from '../../read/text/finding.ts';
import { compareFindings, lowered, SEVERITIES } from '../../read/text/finding.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';
import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';
import { isOptionValue } from '../check/option-value.ts';
import type { Facts, FixContext, Found, OptionValues, Rule, RuleContext } from '../check/rule.ts';

/** All inputs of running rules on one file. `project` and `facts` may record what is read. */
export interface RunInput {
  readonly file: CheckedFile;
  readonly uri: Uri;
  readonly project: Project;
  readonly popular: PopularNames;
  readonly facts: Facts;
  readonly advisories: Advisories;
  /** The user's severities, by rule id. They take precedence over the project's. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** The user's preset, which takes precedence over the project's. */
  readonly preset?: Preset | undefined;
  /** Skipped rules. */
  readonly skipped?: ReadonlySet<string> | undefined;
  /** The entries of a lockfile that certain rules check instead of all. */
  readonly looked?: LookedEntries | undefined;
  /** See `FixContext.moment`; defaults to one per run. */
  readonly moment?: object | undefined;
  /** Returns the current hour, see `RuleContext.now`. */
  now(): number;
  text(uri: Uri): string | undefined;
  /** Checks whether an entry of the configuration file currently accepts the advisory. */
  accepts(rule: string, advisory: FoundAdvisory): boolean;
  /** Called when a rule asked for an unavailable fact. */
  onMissing(rule: string, reason: UnavailableReason, name: string): void;
  /** Called instead for rules that ask for facts of each dependency if no registry may be asked. */
  onUnreachable(rule: string, reason: UnavailableReason): void;
}

/** The entries to check, and the rules that check only these: see `Rule.perEntry`. */
export interface LookedEntries {
  readonly rules: ReadonlySet<string>;
  readonly entries: readonly LockEntry[];
}

/**
 * Runs every enabled rule on the file. Returns sorted findings; the same input gives the same findings in the same
 * order.
 */
export function runRules(rules: readonly Rule[], input: RunInput): Finding[] {
  const { policy } = input.project;
  const isFixture = isFixtureFile(input.project, input.uri);
  const preset = input.preset ?? policy.preset ?? DEFAULT_PRESET;
  const findings: Finding[] = [];
  for (const rule of rules) {
    const { kind } = input.file;
    // Rush files are only compared, and reported as programs.
    const check = (kind === 'rush' ? undefined : rule.check[kind]) as
      | ((file: CheckedFile, context: RuleContext) => Iterable<Found<object>>)
      | undefined;
    if (check === undefined || input.skipped?.has(rule.id) === true) continue;
    const severity = setSeverity(rule, input.severities, policy);
    const isAsked = severity === undefined && rule.isAskedFor?.(input.project) === true;
    if (!isAsked && !isEnabled(rule, severity, preset)) continue;
    const unreachable = rule.factsOfEach === undefined ? undefined : input.facts.unreachable;
    if (unreachable !== undefined) input.onUnreachable(rule.id, unreachable.reason);
    if (unreachable !== undefined && rule.factsOfEach === 'only') continue;
    const context: RuleContext = {
      project: input.project,
      popular: input.popular,
      facts: reportingFacts(rule, input),
      get advisories() {
        return input.advisories;
      },
      get now() {
        return input.now();
      },
      unknown: (name, reason = 'not-provided') => input.onMissing(rule.id, reason, name),
      options: optionsOf(rule, policy),
      rules,
      get entries() {
        return entriesFor(rule, input);
      },
      accepts: (advisory) => input.accepts(rule.id, advisory),
    };
    for (const found of check(input.file, context)) {
      const judged = severityOf(rule, found, severity);
      const isMilder = isFixture && !KEEPS_SEVERITY.has(rule.id) && !isInstalled(rule, input);
      findings.push(toFinding(rule, found, isMilder ? lowered(judged) : judged, input, context));
    }
  }
  return findings.sort(compareFindings);
}

/** Returns the severity that the user or else the project sets for a rule. */
export function setSeverity(
  { id }: Rule,
  severities: ReadonlyMap<string, Severity | 'off'>,
  policy: Policy,
): Severity | 'off' | undefined {
  return severities.get(id) ?? policy.rules.get(id)?.severity;
}

/** Checks whether a rule runs with the severity that is set for it, if one is, in a preset. */
export function isEnabled<S extends Severity>(
  rule: Rule,
  severity: S | 'off' | undefined,
  preset: Preset,
): severity is S | undefined {
  return severity !== 'off' && (severity !== undefined || includesPreset(preset, rule.preset));
}

/**
 * Rules whose findings are as severe in a fixture as elsewhere: malware, secrets, swapped packages, and their sources.
 * `vulnerable-dependency` determines itself who uses a package.
 */
const KEEPS_SEVERITY: ReadonlySet<string> = new Set([
  ...['malicious-version', 'vulnerable-dependency', 'maintainer-alert'],
  ...['lockfile-entry-mismatch', 'lockfile-integrity-mismatch', 'lockfile-integrity-missing'],
  ...['lockfile-foreign-source', 'lockfile-source-mismatch', 'lockfile-registry-mismatch'],
  ...['lockfile-script-flag-mismatch', 'install-source-changed', 'protection-weakened'],
  ...['insecure-url', 'tls-verification-disabled', 'dependency-confusion', 'signature-unverified'],
  ...['provenance-downgrade', 'provenance-repository-mismatch', 'shadowed-command'],
  ...['plaintext-token', 'auth-config-unsafe'],
]);

/** Checks for code that a member runs in an install of its root, whatever its folder is called. */
function isInstalled({ id }: Rule, { project }: RunInput): boolean {
  return id === 'install-code-changed' && !isFixtureFile(project, joinUri(project.root, 'package.json'));
}

function entriesFor({ id }: Rule, { file, looked }: RunInput): readonly LockEntry[] {
  if (looked?.rules.has(id) === true) return looked.entries;
  return file.kind === 'lockfile' ? file.entries : [];
}

function reportingFacts({ id, factsOfEach }: Rule, { facts, onMissing }: RunInput): Facts {
  const { unreachable } = facts;
  if (unreachable !== undefined) {
    if (factsOfEach !== undefined) return facts;
    return unreachableFacts(unreachable, (name) => onMissing(id, unreachable.reason, name));
  }
  return watchedFacts(facts, ({ name }, look) => {
    const fact = look();
    if (fact.state === 'unavailable') onMissing(id, fact.reason, name);
    return fact;
  });
}

/**
 * Returns the severity of a finding. A severity set by the user or the project replaces the rule's own. A finding that
 * the rule itself rated differently (a weak sign as a hint, a severe case as an error) keeps its severity, but never
 * above a lower setting.
 */
function severityOf(rule: Rule, found: Found<object>, set: Severity | undefined): Severity {
  if (set === undefined) return found.severity ?? rule.severity;
  if (found.severity === undefined || found.severity === rule.severity) return set;
  return SEVERITIES.indexOf(found.severity) > SEVERITIES.indexOf(set) ? found.severity : set;
}

function optionsOf(rule: Rule, policy: Policy): OptionValues<Rule['options']> {
  const given = policy.rules.get(rule.id)?.options;
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(rule.options)) {
    const value = given?.[name];
    values[name] = value !== undefined && isOptionValue(option, value) ? value : option.default;
  }
  return values as OptionValues<Rule['options']>;
}

function toFinding(
  rule: Rule,
  found: Found<object>,
  severity: Severity,
  input: RunInput,
  context: RuleContext,
): Finding {
  let fixes: readonly Fix[] | undefined;
  const { package: name, version, target, advisories, cause } = found;
  const finding: Writable<Finding> = {
    rule: rule.id,
    severity,
    uri: input.uri,
    span: found.span,
    message: maskedMessage(rule.message(found, input.project.base)),
    related: withoutSecrets(found.related),
    data: found.data,
    fixes() {
      const { file, uri, text, moment = input } = input;
      const fixContext: FixContext = { ...context, file, uri, text, moment };
      fixes ??= rule.fix === undefined ? [] : [...safeFixes(rule.fix(found, fixContext))];
      return fixes;
    },
  };
  // Thousands may be created on each keystroke, and spreading optional members would cost more than everything else.
  if (name !== undefined) finding.package = name;
  if (version !== undefined) finding.version = version;
  if (target !== undefined) finding.target = target;
  if (advisories !== undefined) finding.advisories = advisories;
  if (cause !== undefined) finding.cause = cause;
  if (finding.related.some(({ uri }) => uri === input.uri)) finding.isRelatedHere = true;
  return finding;
}

const NONE: readonly Related[] = [];

function withoutSecrets(related: readonly Related[] = NONE): readonly Related[] {
  if (related.every(({ message }) => maskedMessage(message) === message)) return related;
  return related.map((one) => ({ ...one, message: maskedMessage(one.message) }));
}

const MOST_MESSAGES = 4096;
const masked = new Map<string, string>();

/** Returns `maskSecrets(message)`; most messages are the same on each keystroke. */
function maskedMessage(message: string): string {
  let text = masked.get(message);
  if (text === undefined) {
    if (masked.size >= MOST_MESSAGES) masked.clear();
    text = maskSecrets(message);
    masked.set(message, text);
  }
  return text;
}

/** Yields the fixes that copy no secret to another place, without any in what is shown of them. */
function* safeFixes(fixes: Iterable<Fix>): Generator<Fix> {
  for (const fix of fixes) {
    const { title, command, edits } = fix;
    if (edits.some(({ newText }) => maskSecrets(newText) !== newText)) continue;
    if (command !== undefined && maskSecrets(command) !== command) continue;
    yield maskSecrets(title) === title ? fix : { ...fix, title: maskSecrets(title) };
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
