import { isInForce } from '../../../judge/policy/ignored.ts';
import { describeIgnore } from '../../../judge/policy/review/review-ignores.ts';
import { describeTerm } from '../../../judge/policy/review/review-terms.ts';
import { RULES } from '../../../judge/rules/index.ts';
import type { Approval } from '../../../read/policy-file/approval.ts';
import type { Policy, PolicyOverride, RuleSetting } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import { DEFAULT_PRESET } from '../../../read/policy-file/presets.ts';
import type { AllowTerm, DenyTerm } from '../../../read/policy-file/terms.ts';
import { indexLines } from '../../../read/text/lines/line-index.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { Span } from '../../../read/text/span.ts';
import { entrySpan } from './entry-span.ts';

/** A part of the effective policy. */
export interface EffectiveEntry {
  /** The keys from the outside in: `rules.fresh-version`. */
  readonly key: string;
  readonly value: string;
  readonly origin: Origin;
}

/** The place of an entry; a folder above for private names that no given file has, and the default without a file. */
export type Origin =
  | { readonly type: 'file'; readonly uri: Uri; readonly line: number | undefined }
  | { readonly type: 'above' | 'default' };

/** The effective policy, and the files that it is made of. */
export interface PolicySources {
  readonly effective: Policy;
  /** The project's file, if it has one, and those that it extends. */
  readonly own: readonly Policy[];
  /** The locked policy of the organisation, and those that it extends. */
  readonly organisation: readonly Policy[];
  /** Entries of the project that the organisation does not permit. */
  readonly overruled: readonly PolicyLoosening[];
  /** As `YYYY-MM-DD`. */
  readonly today: string;
}

/** Others set nothing, and are listed as invalid. */
const IDS: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

/** Returns every entry of the effective policy, in the order of the documentation. */
export function effectiveEntries({
  effective,
  own,
  organisation,
  overruled,
  today,
}: PolicySources): readonly EffectiveEntry[] {
  const files = [...own, ...organisation];
  const found: EffectiveEntry[] = [];
  const add = (key: string, value: string, origin: Origin, item = value) => {
    const file = origin.type === 'file' ? files.find(({ uri }) => uri === origin.uri) : undefined;
    const isPlaced = origin.type !== 'file' || origin.line !== undefined || file === undefined;
    const place = isPlaced ? origin : placeOf(file, entrySpan(file.text, key.split('.'), item));
    found.push({ key, value, origin: place });
  };
  /** Returns the file that has the value, the project's first. */
  const holder = (
    has: (file: Policy) => Span | boolean | undefined,
    none: Origin['type'] = 'default',
    among: readonly Policy[] = files,
  ) => {
    for (const file of among) {
      const span = has(file);
      if (span !== undefined && span !== false) return placeOf(file, span === true ? undefined : span);
    }
    return { type: none === 'above' ? 'above' : 'default' } as const;
  };

  const preset = effective.preset ?? DEFAULT_PRESET;
  add(
    'preset',
    preset,
    holder((file) => file.preset === preset),
  );
  for (const [id, setting] of effective.rules) {
    if (!IDS.has(id)) continue;
    const said = describeSetting(setting);
    const exact = (file: Policy) => {
      const own = file.rules.get(id);
      return own !== undefined && describeSetting(own) === said ? own.span : undefined;
    };
    const place = holder(exact);
    const isFound = place.type === 'file';
    add(`rules.${id}`, said, isFound ? place : holder((file) => file.rules.get(id)?.span));
  }
  for (const ignore of effective.ignores) {
    const said = describeIgnore(ignore);
    add(
      'ignores',
      isInForce(ignore, today) ? said : `${said} (without effect)`,
      holder((file) => file.ignores.find((one) => describeIgnore(one) === said)?.ruleSpan),
    );
  }
  // Of these lists the globs of an organisation replace those of a project.
  for (const key of ['exclude', 'fixtures'] as const)
    for (const glob of (organisation[0] ?? effective)[key] ?? [])
      add(
        key,
        glob,
        holder((file) => file[key]?.includes(glob)),
      );
  for (const { scope, registry } of effective.privateScopes) {
    const has = (file: Policy) =>
      file.privateScopes.some((one) => one.scope === scope && one.registry === registry);
    const said = registry === undefined ? scope : `${scope} from ${registry}`;
    add('privateScopes', said, holder(has, 'above'), scope);
  }
  for (const name of effective.internalNames)
    add(
      'internalNames',
      name,
      holder((file) => file.internalNames.includes(name), 'above'),
    );
  for (const key of ['mirrors', 'allowedHosts'] as const)
    for (const text of effective[key])
      add(
        key,
        text,
        holder((file) => file[key].includes(text)),
      );
  for (const { value } of effective.allowNames)
    add(
      'allowNames',
      value,
      holder((file) => file.allowNames.find((one) => one.value === value)?.span),
    );
  for (const term of effective.deny) {
    const file = files.find(({ uri }) => uri === term.uri);
    const except = (term.exceptions ?? effective.allow).map(describeTerm);
    const but = except.length === 0 ? '' : `, except ${except.join('; ')}`;
    add('deny', `${describeTerm(term)}${but}`, placeOf(file, term.keySpan));
  }
  addApprovals(effective, own);
  if (effective.organisation !== undefined) addApprovals(effective.organisation, organisation);
  for (const [key, { value, uri, span }] of effective.controls)
    add(
      `controls.${key}`,
      String(value),
      placeOf(
        files.find((file) => file.uri === uri),
        span,
      ),
    );
  for (const key of ['contacts', 'communication', 'rollback'] as const) {
    const value = effective.incident[key];
    if (value === undefined) continue;
    const said = typeof value === 'string' ? value : value.join(', ');
    add(
      `incident.${key}`,
      said,
      holder((file) => String(file.incident[key]) === String(value)),
    );
  }
  for (const key of ['critical', 'ownNames', 'maintainers'] as const)
    for (const value of effective.watch[key] ?? [])
      add(
        `watch.${key}`,
        value,
        holder((file) => file.watch[key]?.includes(value) === true),
      );
  const isOverruled = ({ start, end }: Span) =>
    overruled.some(({ span }) => span !== undefined && start <= span.start && span.end <= end);
  for (const file of [own[0], organisation[0]])
    for (const override of file?.overrides ?? []) {
      const isEffective = (span: Span) => file === organisation[0] || !isOverruled(span);
      for (const { key, value, span } of entriesOf(override))
        if (isEffective(span))
          add(`overrides.${override.paths.join(', ')}.${key}`, value, placeOf(file, span));
    }
  return found;

  function addApprovals(
    { requireApproval, approvals }: Pick<Policy, 'requireApproval' | 'approvals'>,
    among: readonly Policy[],
  ): void {
    for (const [key, value] of Object.entries(requireApproval)) {
      const has = (file: Policy) =>
        Object.entries(file.requireApproval).some(([k, v]) => k === key && v === value);
      if (value !== undefined) add(`requireApproval.${key}`, String(value), holder(has, 'default', among));
    }
    for (const approval of approvals) {
      const said = describeApproval(approval);
      const has = (file: Policy) => file.approvals.find((one) => describeApproval(one) === said)?.keySpan;
      add('approvals', said, holder(has, 'default', among));
    }
  }
}

interface OverrideEntry {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

function entriesOf(override: PolicyOverride): readonly OverrideEntry[] {
  const { rules, deny, allow, approvals, requireApproval, controls, span } = override;
  const terms = (key: string, of: readonly (DenyTerm | AllowTerm)[]) =>
    of.map((term) => ({ key, value: describeTerm(term), span: term.keySpan }));
  return [
    ...[...rules].map(([id, one]) => ({ key: `rules.${id}`, value: describeSetting(one), span: one.span })),
    ...terms('deny', deny),
    ...terms('allow', allow),
    ...Object.entries(requireApproval).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key: `requireApproval.${key}`, value: String(value), span }],
    ),
    ...approvals.map((one) => ({ key: 'approvals', value: describeApproval(one), span: one.keySpan })),
    ...[...controls].map(([key, one]) => ({
      key: `controls.${key}`,
      value: String(one.value),
      span: one.span,
    })),
  ];
}

function placeOf(file: Policy | undefined, span: Span | undefined): Origin {
  if (file?.uri === undefined) return { type: 'default' };
  const line = span === undefined ? undefined : indexLines(file.text).positionAt(span.start).line + 1;
  return { type: 'file', uri: file.uri, line };
}

function describeSetting({ severity, options }: RuleSetting): string {
  const given = Object.keys(options).length === 0 ? undefined : JSON.stringify(options);
  return [severity, given].filter((part) => part !== undefined).join(' ') || 'default';
}

function describeApproval({ name, range, by, date, expires }: Approval): string {
  const until = expires === undefined ? '' : ` until ${expires}`;
  return `${name.join(' ')} ${range} by ${by} on ${date}${until}`;
}
