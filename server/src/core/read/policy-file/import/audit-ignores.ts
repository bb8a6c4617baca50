import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { ForeignIgnore, IgnoreTool } from './foreign-ignore.ts';

/** A file of its own in which another tool keeps what it leaves out, as far as it could be read. */
export interface AuditIgnores {
  readonly kind: 'auditIgnores';
  readonly tool: IgnoreTool;
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** In the order of the text. */
  readonly ignores: readonly ForeignIgnore[];
}

/** By their names, as the tools look for them in the root of a project; audit-ci is told by an option, by custom these. */
export const AUDIT_FILES: ReadonlyMap<string, IgnoreTool> = new Map([
  ['audit-resolve.json', 'audit-resolve'],
  ['.nsprc', 'better-npm-audit'],
  ['osv-scanner.toml', 'osv-scanner'],
  ['audit-ci.json', 'audit-ci'],
  ['audit-ci.jsonc', 'audit-ci'],
]);
