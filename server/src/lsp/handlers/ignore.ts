import { policyUriOf } from '../../core/judge/policy/edit-policy.ts';
import { isAcceptable } from '../../core/judge/policy/ignore-fix.ts';
import { dayOf, daysAfter } from '../../core/read/policy-file/day.ts';
import { addIgnores } from '../../core/read/policy-file/edit-policy-text.ts';
import { maxIgnoreDays } from '../../core/read/policy-file/max-ignore-days.ts';
import { isReason } from '../../core/read/policy-file/placeholder-reason.ts';
import { applyEdits } from '../../core/read/text/edit.ts';
import type { IgnoredThing } from '../../core/read/text/finding.ts';
import { parseJsonTree, propertyOf } from '../../core/read/text/json/json-tree.ts';
import { canonicalUri } from '../../core/read/text/paths/uri.ts';
import { applyEdit } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import type { IgnoreRequest, IgnoreResult } from '../messages.ts';
import type { ServerState } from '../server-state.ts';

const LONGEST_REASON = 1000;

/** Writes entries of `ignores` with the user's reason and period, and returns where they are. */
export async function writeIgnores(server: ServerState, argument: unknown): Promise<IgnoreResult> {
  const request = readRequest(argument);
  if (request === undefined) return { problem: 'The reason or the number of days is not valid.' };
  if (!server.abilities.appliesEdits)
    return { problem: 'This editor does not let language servers edit files.' };
  const project = (await ensureProject(server, canonicalUri(request.uri)))?.project;
  if (project === undefined) return { problem: 'The file belongs to no project that is loaded.' };
  const most = maxIgnoreDays(project.policy);
  if (request.days > most)
    return { problem: `The project lets findings be ignored for ${most} days at most.` };
  const expires = daysAfter(dayOf(server.ports.clock.now()), request.days);
  const snapshot = server.session.snapshot();
  const uri = policyUriOf(project);
  const before = snapshot.textOf(uri);
  const entries = request.entries.map((entry) => ({ ...entry, reason: request.reason, expires }));
  const edits = addIgnores(before, entries);
  if (edits === undefined) return { problem: 'dependency-hygiene.json is not valid JSON. Fix it first.' };
  const edit = server.proto.workspaceEdit({ edits: edits.map((each) => ({ uri, ...each })) }, snapshot);
  const { applied, failureReason } = await applyEdit(server, 'Ignore a finding', edit, snapshot);
  if (!applied) return { problem: failureReason ?? 'The editor did not apply the edit.' };
  const line = lineOfLast(applyEdits(before ?? '', edits), entries.length);
  return { uri: server.proto.uri(uri), line };
}

/** Returns the line, from 0, of the first of the entries that were added last. */
function lineOfLast(text: string, count: number): number {
  const list = propertyOf(parseJsonTree(text, { trailingCommas: true }).root, 'ignores')?.value;
  const at = list?.type === 'array' ? list.members.at(-count)?.value.span.start : undefined;
  return text.slice(0, at ?? 0).split('\n').length - 1;
}

function readRequest(argument: unknown): IgnoreRequest | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, entries, reason, days } = argument as Partial<Record<keyof IgnoreRequest, unknown>>;
  if (typeof uri !== 'string' || typeof reason !== 'string' || !Array.isArray(entries)) return undefined;
  if (!isReason(reason) || reason.length > LONGEST_REASON) return undefined;
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1) return undefined;
  const read = entries.map(readEntry);
  const valid = read.filter((entry) => entry !== undefined);
  if (valid.length === 0 || valid.length < read.length) return undefined;
  return { uri, entries: valid, reason: reason.trim(), days };
}

const MEMBERS = ['id', 'package', 'version', 'path'] as const;

function readEntry(value: unknown): IgnoredThing | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Partial<Record<string, unknown>>;
  if (typeof given.rule !== 'string') return undefined;
  const members = MEMBERS.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]] as const]));
  if (members.length === 0 || members.some(([, text]) => typeof text !== 'string')) return undefined;
  const entry: IgnoredThing = { rule: given.rule, ...Object.fromEntries(members) };
  return isAcceptable(entry) ? entry : undefined;
}
