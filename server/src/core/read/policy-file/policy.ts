import type { Severity } from '../text/finding.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Located, Span } from '../text/span.ts';
import type { Approval, ApprovalTriggers } from './approval.ts';
import type { Controls } from './controls.ts';
import type { IncidentNotes } from './incident-members.ts';
import type { Preset } from './presets.ts';
import type { AllowTerm, DenyTerm } from './terms.ts';
import type { WatchNames } from './watch-members.ts';

/** The project's configuration of one rule: its severity or "off", and options. */
export interface RuleSetting {
  readonly severity: Severity | 'off' | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  /** The tokens of the options' keys and values, by the option's name. */
  readonly optionSpans: ReadonlyMap<string, { readonly key: Span; readonly value: Span }>;
  /** The key's token: the rule's id. */
  readonly span: Span;
}

/** Something in the file that is invalid or ineffective. */
export interface PolicyProblem extends ParseProblem {
  /** The probable intention, to replace the token at `span`. */
  readonly suggestion?: string | undefined;
}

/** An accepted finding. Effective until the end of the day `expires`, and only with a reason. */
export interface Ignore {
  readonly rule: string;
  /** The token of the rule's id. */
  readonly ruleSpan: Span;
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
  readonly path: string | undefined;
  readonly reason: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly expires: string | undefined;
  /** What an entry needs to be effective but this one lacks. */
  readonly lacks: readonly ('reason' | 'expires')[];
  readonly spans: IgnoreSpans;
  readonly span: Span;
}

/** The tokens of an entry's values, if readable. */
export interface IgnoreSpans {
  readonly id: Span | undefined;
  readonly package: Span | undefined;
  readonly version: Span | undefined;
  readonly expires: Span | undefined;
}

/** A `dependency-hygiene.json`, comments allowed, as far as it could be read. */
export interface Policy {
  readonly kind: 'policy';
  /** Undefined for the defaults of a project without such a file. */
  readonly uri: Uri | undefined;
  readonly text: string;
  readonly rootSpan: Span | undefined;
  readonly problems: readonly PolicyProblem[];
  /** The first problem that may lose private scopes or internal names; undefined if all are read. */
  readonly lostPrivacy: PolicyProblem | undefined;
  /** Files and packages whose policies this one extends, as written. */
  readonly extends: readonly Located<string>[];
  /** What holds for some paths instead or besides, later entries last. */
  readonly overrides: readonly PolicyOverride[];
  /** Which rules are enabled by default; undefined leaves it to the default preset. */
  readonly preset: Preset | undefined;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignores: readonly Ignore[];
  readonly exclude: readonly string[];
  /** Globs of files that are meant to be read or copied; undefined for the defaults. */
  readonly fixtures: readonly string[] | undefined;
  /** The tokens of `exclude`, in the same order. */
  readonly excludeSpans: readonly Span[];
  /** With their @. */
  readonly privateScopes: readonly PrivateScope[];
  readonly internalNames: readonly string[];
  /** Mirrors of the public registry, each URL with a trailing slash. */
  readonly mirrors: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly allowNames: readonly Located<string>[];
  readonly deny: readonly DenyTerm[];
  /** Exceptions from `deny`. */
  readonly allow: readonly AllowTerm[];
  readonly approvals: readonly Approval[];
  readonly requireApproval: ApprovalTriggers;
  readonly controls: Controls;
  readonly incident: IncidentNotes;
  readonly watch: WatchNames;
  /** The approvals that the locked policy of the organisation requires and has, besides those of the project. */
  readonly organisation?: Pick<Policy, 'approvals' | 'requireApproval'>;
  /** The first item of `extends` that could not be resolved in the policy in force. */
  readonly unresolved?: PolicyProblem | undefined;
}

/** A part of the policy for the files that a glob matches, relative to the folder of the policy. */
export interface PolicyOverride
  extends Pick<Policy, 'rules' | 'deny' | 'allow' | 'approvals' | 'requireApproval' | 'controls'> {
  /** Not empty. */
  readonly paths: readonly string[];
  readonly span: Span;
}

/** `"@acme"`, or `{ "scope": "@acme", "registry": "https://…" }` if the project also names its registry. */
export interface PrivateScope {
  readonly scope: string;
  readonly registry: string | undefined;
}
