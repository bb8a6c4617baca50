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
  /** Why no registry can have a package of that name; undefined if it is valid. */
  readonly nameProblem: string | undefined;
  /** The token of the key, including quotes. */
  readonly nameSpan: Span;
  /** The value as written; undefined if it is missing, not a string, or an incomplete string. */
  readonly declared: string | undefined;
  /** "missing" also while the value is being typed: no complete token, or one without its closing quote or bracket. */
  readonly valueType: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array' | 'missing';
  /** The token of the value, including quotes; the key's if the value is missing. */
  readonly valueSpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
  readonly start: number;
  readonly end: number;
  /** Whether `declared` looks like a URL or path: a slash, a colon, a leading dot, a tarball's extension. */
  readonly mayBeUrl: boolean;
  /** The parsed `declared`, computed on first use. */
  readonly specifier: Specifier;
  /** The name requested from the registry: the alias's target, otherwise `name`. */
  readonly target: string;
}

/** One object of dependencies. A section may appear twice in a text; npm reads the last one. */
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

/** The content of `pnpm.auditConfig`. */
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
  /** From `updateConfig.ignoreDependencies`: patterns of names. */
  readonly ignoreDependencies: readonly Located<string>[];
  /** Ids of advisories that its audit skips; undefined if there is no `auditConfig`. */
  readonly auditConfig: PnpmAuditConfig | undefined;
  /** All keys of `pnpm`, known or not. */
  readonly keys: readonly Located<string>[];
}

/** The `dependenciesMeta` of a package: whether Yarn builds it. */
export interface DependencyMeta {
  readonly keySpan: Span;
  readonly built: Located<boolean> | undefined;
}

/** A package.json as far as it could be read. Every text gives one, even `{}` or half a line. */
export interface Manifest {
  readonly kind: 'manifest';
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** The root object's span; undefined if the text has none. */
  readonly rootSpan: Span | undefined;
  readonly name: Located<string> | undefined;
  readonly version: Located<string> | undefined;
  readonly private: boolean;
  /** `repository`, or its `url`, as written. */
  readonly repository: string | undefined;
  /** Whether it is intended to be published as a package that others depend on. */
  readonly isLibrary: boolean;
  readonly sections: readonly ManifestSection[];
  /** All dependencies of all sections, in source order. */
  readonly dependencies: readonly ManifestDependency[];
  readonly workspaces: { readonly patterns: readonly Located<string>[]; readonly span: Span } | undefined;
  readonly packageManager: Located<string> | undefined;
  readonly devEnginesPackageManager: readonly DevEngine[];
  /** The versions pinned for Volta, by tool: `node`, `npm`, `yarn`, `pnpm`. */
  readonly volta: ReadonlyMap<string, Located<string>>;
  /** The supported ranges of `node` and other engines. */
  readonly engines: ReadonlyMap<string, Located<string>>;
  readonly allowScripts: { readonly span: Span; readonly decisions: readonly ScriptDecision[] } | undefined;
  readonly publishConfig: PublishConfig | undefined;
  readonly scripts: ReadonlyMap<string, Located<string>>;
  readonly overrides: readonly ManifestOverride[];
  /** `resolutions` of Yarn, which pnpm and Bun also read: one key each. */
  readonly resolutions: readonly ManifestOverride[];
  readonly pnpm: PnpmField | undefined;
  /** For Bun: `catalog` and `catalogs`, at the top level or in `workspaces`. */
  readonly catalogs: readonly CatalogLine[];
  /** For Bun: the packages whose scripts may run. */
  readonly trustedDependencies:
    | { readonly span: Span; readonly names: readonly Located<string>[] }
    | undefined;
  /** By name, or `name@version`. */
  readonly dependenciesMeta: ReadonlyMap<string, DependencyMeta>;
  /** Peer dependencies that `peerDependenciesMeta` marks as optional. */
  readonly optionalPeers: ReadonlySet<string>;
  /** Names in `bundleDependencies`; "all" if it is `true`. */
  readonly bundled: ReadonlySet<string> | 'all';
}
