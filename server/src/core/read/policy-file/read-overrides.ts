import type { JsonNode } from '../text/json/json-node.ts';
import type { Uri } from '../text/paths/uri.ts';
import { readControls } from './controls.ts';
import type { PolicyOverride } from './policy.ts';
import { readApproval, readTriggers } from './read-approvals.ts';
import { readItems } from './read-items.ts';
import { type Report, readMembers } from './read-members.ts';
import { readGlob } from './read-policy-values.ts';
import { readRuleSettings } from './read-rule-settings.ts';
import { readAllow, readDeny } from './read-terms.ts';

/** The keys of an entry of `overrides`. */
export const OVERRIDE_KEYS = [
  'paths',
  'rules',
  'deny',
  'allow',
  'approvals',
  'requireApproval',
  'controls',
] as const;

const MOST_PATHS = 100;

/** Reads an entry of `overrides`. One without a valid glob is reported, and overrides nothing. */
export function readOverride(uri: Uri, node: JsonNode, report: Report): PolicyOverride | undefined {
  if (node.type !== 'object') {
    report(node.span, 'An entry of "overrides" must be an object.');
    return undefined;
  }
  const members = readMembers(node, OVERRIDE_KEYS, report);
  const of = (key: (typeof OVERRIDE_KEYS)[number]) => members.get(key)?.value;
  const paths = readItems('paths', members.get('paths')?.value, readGlob, report);
  const value = of('paths');
  const isEmpty = value === undefined || (value.type === 'array' && value.members.length === 0);
  const beyond = paths[MOST_PATHS];
  if (beyond !== undefined) report(beyond.span, `Only the first ${MOST_PATHS} globs of "paths" count.`);
  if (isEmpty) report(node.span, 'An entry of "overrides" needs a glob in "paths".');
  const override: PolicyOverride = {
    paths: paths.slice(0, MOST_PATHS).map(({ value: glob }) => glob),
    rules: readRuleSettings(of('rules'), report),
    deny: readItems('deny', of('deny'), (item, to) => readDeny(uri, item, to), report),
    allow: readItems('allow', of('allow'), (item, to) => readAllow(uri, item, to), report),
    approvals: readItems('approvals', of('approvals'), readApproval, report),
    requireApproval: readTriggers(of('requireApproval'), report),
    controls: readControls(uri, of('controls'), report),
    span: node.span,
  };
  return paths.length === 0 ? undefined : override;
}
