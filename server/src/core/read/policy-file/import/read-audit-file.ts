import { parseJsonTree } from '../../text/json/json-tree.ts';
import { nameOf, type Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import { AUDIT_FILES, type AuditIgnores } from './audit-ignores.ts';
import type { IgnoreTool } from './foreign-ignore.ts';
import { readAuditCi } from './read-audit-ci.ts';
import { readAuditResolve } from './read-audit-resolve.ts';
import { readNsprc } from './read-nsprc.ts';

/** The tools that keep what they ignore in JSON. */
type JsonTool = 'audit-resolve' | 'better-npm-audit' | 'audit-ci';

/** Reads an audit-resolve.json, a .nsprc or an audit-ci.json, however incomplete. Never throws. */
export function readAuditFile(
  uri: Uri,
  text: string,
  tool: IgnoreTool | undefined = AUDIT_FILES.get(nameOf(uri)),
): AuditIgnores {
  const tree = parseJsonTree(text, { trailingCommas: true });
  const chosen = tool === 'audit-resolve' || tool === 'better-npm-audit' ? tool : 'audit-ci';
  return {
    kind: 'auditIgnores',
    tool: chosen,
    uri,
    text,
    problems: tree.root?.type === 'object' ? tree.problems : [NO_OBJECT, ...tree.problems],
    ignores: READERS[chosen](tree, text),
  };
}

const NO_OBJECT: ParseProblem = { message: 'The file holds no JSON object.', span: { start: 0, end: 0 } };

const READERS = {
  'audit-resolve': readAuditResolve,
  'better-npm-audit': readNsprc,
  'audit-ci': readAuditCi,
} satisfies Record<JsonTool, unknown>;
