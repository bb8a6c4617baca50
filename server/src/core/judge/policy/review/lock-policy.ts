import type { Approval } from '../../../read/policy-file/approval.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import { withPrivacyOf } from '../../../read/policy-file/private-names.ts';
import type { DenyTerm } from '../../../read/policy-file/terms.ts';
import { joinWatchNames } from '../../../read/policy-file/watch-members.ts';
import type { Span } from '../../../read/text/span.ts';
import { guardingSettings } from '../../changes/guarding-settings.ts';
import type { Rule } from '../../check/rule.ts';
import { reviewControls } from './review-controls.ts';
import { coversIgnore, describeIgnore } from './review-ignores.ts';
import { loosenedPreset, stricterOf } from './review-policy.ts';
import { reviewRules } from './review-rules.ts';
import { describeTerm } from './review-terms.ts';

/** A project's policy under the locked one of its organisation. */
export interface LockedPolicy {
  readonly policy: Policy;
  /** What the project's policy would accept and the organisation's does not. */
  readonly overruled: readonly PolicyLoosening[];
}

/**
 * Combines a project's policy with that of its organisation. The project can report more, deny more and require more; it
 * inherits what it does not set, and nothing that it would accept beyond the organisation's policy has an effect.
 *
 * @param isSameBase whether the globs of both are relative to one folder; otherwise those of the organisation are unused
 */
export function lockPolicy(
  organisation: Policy,
  project: Policy,
  rules: readonly Rule[],
  isSameBase: boolean,
): LockedPolicy {
  const rulesOfBoth = new Map([...organisation.rules, ...project.rules]);
  const filled: Policy = { ...project, preset: project.preset ?? organisation.preset, rules: rulesOfBoth };
  const ofRules = reviewRules(organisation, filled, rules, () => true);
  const ofControls = reviewControls(organisation, project);
  const { privateScopes, internalNames } = withPrivacyOf(project, [organisation]);
  const { mirrors, allowedHosts, allowNames, approvals, requireApproval } = organisation;
  const policy: Policy = {
    ...project,
    preset: stricterOf(organisation, filled),
    rules: ofRules.rules,
    ignores: organisation.ignores.filter(({ path }) => path === undefined || isSameBase),
    fixtures: isSameBase || organisation.fixtures === undefined ? organisation.fixtures : [],
    ...{ privateScopes, internalNames, mirrors, allowedHosts, allowNames },
    // Each policy has exceptions from its own entries alone.
    deny: [...withExceptions(organisation), ...withExceptions(project)],
    allow: [],
    controls: ofControls.controls,
    organisation: { approvals, requireApproval },
    incident: {
      contacts: organisation.incident.contacts ?? project.incident.contacts,
      communication: organisation.incident.communication ?? project.incident.communication,
      rollback: organisation.incident.rollback ?? project.incident.rollback,
    },
    watch: joinWatchNames(organisation.watch, project.watch),
  };
  const overruled = [
    ...loosenedPreset(organisation, filled),
    ...ofRules.loosenings,
    ...ofControls.loosenings,
    ...overruledItems(organisation, project),
  ];
  return { policy, overruled };
}

function withExceptions({ deny, allow }: Policy): readonly DenyTerm[] {
  return deny.map((term) => ({ ...term, exceptions: term.exceptions ?? allow }));
}

function overruledItems(organisation: Policy, project: Policy): readonly PolicyLoosening[] {
  const settings = guardingSettings(project);
  const spanOf = (key: string, text: string) =>
    settings.find((one) => one.key === key && (one.value === text || `${one.value}/` === text))?.span ??
    settings.find((one) => one.key === key)?.span;
  const items = (key: 'mirrors' | 'allowedHosts' | 'fixtures' | 'exclude') =>
    (project[key] ?? [])
      .filter((text) => organisation[key]?.includes(text) !== true)
      .map((text) => overruledItem(key, text, spanOf(key, text)));
  const names = organisation.allowNames.map(({ value }) => value);
  return [
    ...project.ignores
      .filter((ignore) => !organisation.ignores.some((old) => coversIgnore(old, ignore)))
      .map((ignore) => overruledItem('ignores', describeIgnore(ignore), ignore.ruleSpan)),
    ...items('mirrors'),
    ...items('allowedHosts'),
    ...items('fixtures'),
    ...items('exclude'),
    ...project.allowNames
      .filter(({ value }) => !names.includes(value))
      .map(({ value, span }) => overruledItem('allowNames', value, span)),
    ...(project.deny.length === 0 ? project.allow : []).map((term) =>
      overruledItem('allow', describeTerm(term), term.keySpan),
    ),
    ...(hasTriggers(organisation) && !hasTriggers(project) ? project.approvals : []).map((approval) =>
      overruledItem('approvals', describeApproval(approval), approval.keySpan),
    ),
  ];
}

/** Checks whether a policy requires approvals. */
export function hasTriggers({ requireApproval }: Pick<Policy, 'requireApproval'>): boolean {
  const { weeklyDownloadsOver, installScripts, newMaintainerDays } = requireApproval;
  return weeklyDownloadsOver !== undefined || newMaintainerDays !== undefined || installScripts === true;
}

function describeApproval({ name, range }: Approval): string {
  return `${name.join(' ')} ${range}`;
}

function overruledItem(key: string, value: string, span: Span | undefined): PolicyLoosening {
  return { key, value, before: undefined, span, severity: 'warning', counts: false };
}
