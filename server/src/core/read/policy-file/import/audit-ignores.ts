import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { ForeignIgnore, IgnoreTool } from './foreign-ignore.ts';

/** A separate file in which another tool keeps what it ignores, as far as it could be read. */
export interface AuditIgnores {
  readonly kind: 'auditIgnores';
  readonly tool: IgnoreTool;
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** In source order. */
  readonly ignores: readonly ForeignIgnore[];
}

/**
 * By file name, as the tools look for them in the root of a project; audit-ci gets its file by an option, by convention
 * one of these.
 */
export const AUDIT_FILES: ReadonlyMap<string, IgnoreTool> = new Map([
  ['audit-resolve.json', 'audit-resolve'],
  ['.nsprc', 'better-npm-audit'],
  ['osv-scanner.toml', 'osv-scanner'],
  ['audit-ci.json', 'audit-ci'],
  ['audit-ci.jsonc', 'audit-ci'],
]);
