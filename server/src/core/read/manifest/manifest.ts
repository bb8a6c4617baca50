import type { CatalogLine } from '../config/catalog-line.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Located, Span } from '../text/span.ts';
import type { Specifier } from './specifier.ts';

export type DependencySection =
  | 'dependencies'
  | 'devDependencies'
  | 'optionalDependencies'
  | 'peerDependencies';

export const DEPENDENCY_SECTIONS: readonly DependencySection[] = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
];

/** One property of a dependency section. */
export interface ManifestDependency {
  readonly section: DependencySection;
  /** The key: the name under which code imports it. */
  readonly name: string;
  /** Why no registry can have a package of that name, undefined where one can. */
  readonly nameProblem: string | undefined;
  /** The key's token, quotes included. */
  readonly nameSpan: Span;
  /** The value as written; undefined where it is missing, no string, or a string that is not complete. */
  readonly declared: string | undefined;
  /** "missing" also while the value is being typed: no complete token, or one without its closing quote or bracket. */
  readonly valueType: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array' | 'missing';
  /** The value's token, quotes included; the key's where the value is missing. */
  readonly valueSpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** Where `span` starts. */
  readonly start: number;
  /** Where `span` ends. */
  readonly end: number;
  /** Whether `declared` has what an address or path has: a slash, a colon, a dot in front, a tarball's ending. */
  readonly mayBeAddress: boolean;
  /** What `declared` means, read on first use. */
  readonly specifier: Specifier;
  /** The name that the registry is asked for: the alias's target, else `name`. */
  readonly target: string;
}

/** One object of dependencies. A section may stand twice in a text; the last one is what npm reads. */
export interface ManifestSection {
  readonly section: DependencySection;
  readonly keySpan: Span;
  readonly span: Span;
  readonly dependencies: readonly ManifestDependency[];
}

/** A decision of npm's `allowScripts` field: `name` or `name@1.2.3`, with `true`, `false` or something invalid. */
export interface ScriptDecision {
  readonly key: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly allowed: boolean | undefined;
}

export interface PublishConfig {
  readonly span: Span;
  readonly registry: Located<string> | undefined;
  readonly access: Located<string> | undefined;
  /** `@scope:registry` members of publishConfig. */
  readonly scopes: ReadonlyMap<string, Located<string>>;
}

export interface DevEngine {
  readonly name: Located<string>;
  readonly version: Located<string> | undefined;
  readonly span: Span;
}

/** `overrides`, with nested selectors flattened: `path` holds the keys from the outside in. */
export interface ManifestOverride {
  readonly path: readonly Located<string>[];
  readonly value: Located<string>;
}

/** What stands in `pnpm.auditConfig`. */
export interface PnpmAuditConfig {
  readonly ignoreGhsas: readonly Located<string>[];
  readonly ignoreCves: readonly Located<string>[];
}

/** Settings of pnpm in package.json, which pnpm 11 and later ignore. */
export interface PnpmField {
  readonly keySpan: Span;
  readonly span: Span;
  readonly overrides: readonly ManifestOverride[];
  readonly onlyBuiltDependencies: readonly Located<string>[];
  readonly ignoredBuiltDependencies: readonly Located<string>[];
  readonly neverBuiltDependencies: readonly Located<string>[];
  /** Of `updateConfig.ignoreDependencies`: patterns of names. */
  readonly ignoreDependencies: readonly Located<string>[];
  /** Ids of advisories that its audit leaves out; undefined where there is no `auditConfig`. */
  readonly auditConfig: PnpmAuditConfig | undefined;
  /** The keys of `pnpm`, known ones and others. */
  readonly keys: readonly Located<string>[];
}

/** What `dependenciesMeta` says of a package: Yarn builds it, or not. */
export interface DependencyMeta {
  readonly keySpan: Span;
  readonly built: Located<boolean> | undefined;
}

/** A package.json as far as it could be read. Every text gives one, `{}` or half a line alike. */
export interface Manifest {
  readonly kind: 'manifest';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** The root object's span, undefined where the text has none. */
  readonly rootSpan: Span | undefined;
  readonly name: Located<string> | undefined;
  readonly version: Located<string> | undefined;
  readonly private: boolean;
  /** Whether it is prepared to be published as a package that others depend on. */
  readonly isLibrary: boolean;
  readonly sections: readonly ManifestSection[];
  /** All dependencies of all sections, in the order of the text. */
  readonly dependencies: readonly ManifestDependency[];
  /** Of one that was narrowed to the dependencies that an edit touches: the manifest with all of them. */
  readonly whole?: Manifest;
  readonly workspaces: { readonly patterns: readonly Located<string>[]; readonly span: Span } | undefined;
  readonly packageManager: Located<string> | undefined;
  readonly devEnginesPackageManager: readonly DevEngine[];
  /** The versions that Volta is told to use, by tool: `node`, `npm`, `yarn`, `pnpm`. */
  readonly volta: ReadonlyMap<string, Located<string>>;
  /** The ranges of `node` and others that it runs on. */
  readonly engines: ReadonlyMap<string, Located<string>>;
  readonly allowScripts: { readonly span: Span; readonly decisions: readonly ScriptDecision[] } | undefined;
  readonly publishConfig: PublishConfig | undefined;
  readonly scripts: ReadonlyMap<string, Located<string>>;
  readonly overrides: readonly ManifestOverride[];
  /** `resolutions` of Yarn, which pnpm and Bun read too: one key each. */
  readonly resolutions: readonly ManifestOverride[];
  readonly pnpm: PnpmField | undefined;
  /** Of Bun: `catalog` and `catalogs`, at the top level or in `workspaces`. */
  readonly catalogs: readonly CatalogLine[];
  /** Of Bun: the packages whose scripts run. */
  readonly trustedDependencies:
    | { readonly span: Span; readonly names: readonly Located<string>[] }
    | undefined;
  /** By name, or `name@version`. */
  readonly dependenciesMeta: ReadonlyMap<string, DependencyMeta>;
  /** Peer dependencies that `peerDependenciesMeta` calls optional. */
  readonly optionalPeers: ReadonlySet<string>;
  /** Names in `bundleDependencies`; "all" where it is `true`. */
  readonly bundled: ReadonlySet<string> | 'all';
}
