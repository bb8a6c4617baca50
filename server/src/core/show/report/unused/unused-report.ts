import { type Coverage, type CoverageGap, coverageWith } from '../../../judge/check/coverage.ts';
import type { Usage } from '../../../read/project/usage.ts';
import type { Finding, Severity } from '../../../read/text/finding.ts';
import { indexLines } from '../../../read/text/lines/line-index.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';

/** What is wrong with a dependency, or with an import. */
export type UnusedKind = 'unused' | 'missing' | 'development-only' | 'published-development';

/** One finding of `unused`, with one-based line and column of its place in the manifest. */
export interface UnusedFinding {
  readonly kind: UnusedKind;
  readonly rule: string;
  readonly severity: Severity;
  readonly package: string;
  /** The manifest, relative to the searched folder. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** A file that shows it, relative to the searched folder, with the line; absent for unused ones. */
  readonly seen: { readonly path: string; readonly line: number } | undefined;
  readonly message: string;
}

/** How much was searched for one manifest. */
export interface SearchedManifestReport {
  readonly path: string;
  readonly code: number;
  readonly configuration: number;
  /** Whether it is known which of the unused ones other packages want to find beside them. */
  readonly arePeersKnown: boolean;
  /** Why unused dependencies are unknown, as a clause. */
  readonly gap: string | undefined;
}

export interface UnusedReport {
  readonly findings: readonly UnusedFinding[];
  readonly manifests: readonly SearchedManifestReport[];
  /** Manifests that could not be read, each with a clause. */
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
}

export interface UnusedInput {
  readonly root: Uri;
  readonly findings: readonly Finding[];
  readonly usage: Usage | undefined;
  readonly unread: UnusedReport['unread'];
  readonly textOf: (uri: Uri) => string | undefined;
}

/** The members of the rules' data that are read. */
interface FoundData {
  readonly kind?: unknown;
  readonly uri?: unknown;
  readonly line?: unknown;
}

/** Returns the findings of the two rules about used dependencies, in the order of manifests and lines. */
export function unusedReport({ root, findings, usage, unread, textOf }: UnusedInput): UnusedReport {
  return {
    findings: findings.map((finding) => {
      const { uri, span, rule, severity, message } = finding;
      const { line, character } = indexLines(textOf(uri) ?? '').positionAt(span.start);
      const data = finding.data as FoundData;
      const seen =
        typeof data.uri === 'string' && typeof data.line === 'number'
          ? { path: relativeUri(root, data.uri), line: data.line }
          : undefined;
      return {
        ...{ kind: kindOf(rule, data.kind), rule, severity, package: finding.package ?? '' },
        ...{ path: relativeUri(root, uri), line: line + 1, column: character + 1, seen, message },
      };
    }),
    manifests: [...(usage ?? [])].map(([uri, { searched, arePeersKnown, gap }]) => ({
      ...{ path: relativeUri(root, uri), ...searched, arePeersKnown, gap },
    })),
    unread,
  };
}

function kindOf(rule: string, kind: unknown): UnusedKind {
  if (rule === 'missing-dependency') return kind === 'development' ? 'published-development' : 'missing';
  return kind === 'misplaced' ? 'development-only' : 'unused';
}

/** Returns how completely the manifests were judged. */
export function unusedCoverage({ manifests, unread }: UnusedReport): Coverage {
  const gaps = manifests.flatMap(({ path, gap }) => (gap === undefined ? [] : gapOf(path, gap, 'partly')));
  if (manifests.length > 0 && manifests.every(({ code }) => code === 0))
    gaps.push(gapOf(manifests[0]!.path, 'no source file was found', 'partly'));
  return coverageWith([...gaps, ...unread.map(({ path, reason }) => gapOf(path, reason, 'not-checked'))]);
}

function gapOf(path: string, detail: string, state: CoverageGap['state']): CoverageGap {
  const rules = ['unused-dependency', 'missing-dependency'];
  return {
    kind: 'file',
    state,
    reason: 'unread',
    subject: path,
    detail,
    advice: 'fix or exclude it',
    path,
    rules,
  };
}
