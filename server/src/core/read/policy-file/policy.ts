import type { Severity } from '../text/finding.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Located, Span } from '../text/span.ts';
import type { Preset } from './presets.ts';

/** How a project sets one rule: its severity or "off", and options. */
export interface RuleSetting {
  readonly severity: Severity | 'off' | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  /** The tokens of the options' keys and values, by the option's name. */
  readonly optionSpans: ReadonlyMap<string, { readonly key: Span; readonly value: Span }>;
  /** The key's token: the rule's id. */
  readonly span: Span;
}

/** Something in the file that does not count as written. */
export interface PolicyProblem extends ParseProblem {
  /** What was probably meant, to be written over the token at `span`. */
  readonly suggestion?: string | undefined;
}

/** An accepted finding. It counts until the end of the day `expires`, and only with a reason. */
export interface Ignore {
  readonly rule: string;
  /** The token of the rule's id. */
  readonly ruleSpan: Span;
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
  readonly path: string | undefined;
  readonly reason: string | undefined;
  /** `YYYY-MM-DD` */
  readonly expires: string | undefined;
  /** What an entry must have to count, and this one has not. */
  readonly lacks: readonly ('reason' | 'expires')[];
  readonly spans: IgnoreSpans;
  readonly span: Span;
}

/** The tokens of an entry's values, where they can be read. */
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
  /** The first problem by which private scopes or internal names may be lost; undefined where all are read. */
  readonly lostPrivacy: PolicyProblem | undefined;
  /** Which rules are on where nothing else says so; undefined leaves it to the default. */
  readonly preset: Preset | undefined;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignores: readonly Ignore[];
  readonly exclude: readonly string[];
  /** Globs of what is there to be read or copied; undefined where the defaults hold. */
  readonly fixtures: readonly string[] | undefined;
  /** The tokens of `exclude`, in the same order. */
  readonly excludeSpans: readonly Span[];
  /** With their @. */
  readonly privateScopes: readonly PrivateScope[];
  readonly internalNames: readonly string[];
  /** Addresses that serve the public registry's packages, each with a slash at its end. */
  readonly mirrors: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly allowNames: readonly Located<string>[];
}

/** `"@acme"`, or `{ "scope": "@acme", "registry": "https://…" }` where the project also says who serves it. */
export interface PrivateScope {
  readonly scope: string;
  readonly registry: string | undefined;
}
