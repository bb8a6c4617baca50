import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
} from 'vscode-languageserver';
import { orderFixes, preferredFix } from '../../core/judge/check/fix-order.ts';
import { describeIgnored, IGNORE_DAYS } from '../../core/judge/policy/ignore-fix.ts';
import { nonOverlapping } from '../../core/judge/remedy/non-overlapping.ts';
import { maxIgnoreDays } from '../../core/read/policy-file/max-ignore-days.ts';
import type { Finding, Fix } from '../../core/read/text/finding.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import { canonicalUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import type { Snapshot } from '../../engine/session.ts';
import { signalOf } from '../abort-signal.ts';
import { allowedActions } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import { guardRequest } from '../guard.ts';
import { malwareOf } from '../malware-of.ts';
import {
  CLIENT_COMMANDS,
  type IgnoreQuestion,
  type MalwareQuestion,
  type ScopeQuestion,
  type TerminalCommand,
} from '../messages.ts';
import { isChecked } from '../open-documents.ts';
import { pulledInFindings } from '../pulled-in-findings.ts';
import type { ServerState } from '../server-state.ts';
import { BASELINE_KIND, baselineAction } from './baseline-action.ts';
import { PIN_KIND, pinActions } from './pin-actions.ts';
import { UPDATE_KIND, updateActions } from './update-actions.ts';

export const FIX_ALL_KIND = 'source.fixAll.dependencyHygiene';

/** A finding with the diagnostic that the client shows for it. */
interface Shown {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/** A finding whose diagnostic may be shown in another file. */
interface Known {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic | undefined;
}

interface Offer {
  readonly shown: Known;
  readonly fix: Fix;
}

/**
 * Handles the light bulb. For the findings at the position: fixes in the order of `orderFixes`,
 * ignoring, and explanations of their rules; then newer versions of the dependencies there. Everything
 * is computed from the current texts.
 */
export function handleCodeActions(server: ServerState): void {
  const answer = async (params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> => {
    const uri = canonicalUri(params.textDocument.uri);
    if (!isChecked(uri) || !server.abilities.codeActionObjects) return [];
    await ensureProject(server, uri);
    const { only, triggerKind } = params.context;
    if (triggerKind !== CodeActionTriggerKind.Automatic) server.session.openAdvisories();
    const snapshot = server.session.snapshot();
    const wants = (kind: string) =>
      only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
    const actions = wants(CodeActionKind.QuickFix) ? quickFixes(server, snapshot, uri, params) : [];
    const invoked = only !== undefined || triggerKind === CodeActionTriggerKind.Invoked;
    if (wants(UPDATE_KIND)) {
      const place = { uri, snapshot, params, invoked, signal: signalOf(token) };
      actions.push(...withoutThose(actions, await updateActions(server, place)));
    }
    if (wants(PIN_KIND)) actions.push(...withoutThose(actions, pinActions(server, snapshot, uri, params)));
    const all = invoked && wants(FIX_ALL_KIND) ? fixAll(server, snapshot, uri) : undefined;
    // About the whole project, so that it would be out of place in the list of one line.
    const isSource = only !== undefined && wants(BASELINE_KIND);
    const baseline = isSource ? baselineAction(server, snapshot, uri) : undefined;
    // If the user typed while a registry was queried, the client asks again about the new text.
    const open = server.documents.get(uri);
    if (open !== undefined && open.text !== snapshot.textOf(uri)) return [];
    const ofFile = [all, baseline].filter((action) => action !== undefined);
    return allowedActions(server, [...actions, ...ofFile], snapshot);
  };
  server.connection.onCodeAction(guardRequest(server.log, 'textDocument/codeAction', [], answer));
}

/** Removes actions with the edit of a rule's fix, which gives a reason and so takes precedence. */
function withoutThose(shown: readonly CodeAction[], actions: readonly CodeAction[]): readonly CodeAction[] {
  const known = new Set(shown.map(({ edit }) => JSON.stringify(edit)));
  return actions.filter(({ edit }) => edit === undefined || !known.has(JSON.stringify(edit)));
}

function quickFixes(
  server: ServerState,
  snapshot: Snapshot,
  uri: Uri,
  params: CodeActionParams,
): CodeAction[] {
  const shown = findingsAt(server, snapshot, uri, params);
  const offers: Offer[] = [];
  const ignoring: CodeAction[] = [];
  for (const one of shown) {
    const own = snapshot.ruleFixesOf(one.finding);
    for (const fix of snapshot.fixesOf(one.finding)) {
      if (own.includes(fix)) offers.push({ shown: one, fix });
      else ignoring.push(...[toAction(server, snapshot, one, fix, false) ?? []].flat());
    }
  }
  for (const finding of pulledInFindings(snapshot, uri, selectionOf(server, snapshot, uri, params))) {
    const one = { finding, diagnostic: undefined };
    const own = snapshot.ruleFixesOf(finding).filter(({ effect }) => effect?.type === 'security');
    offers.push(...own.map((fix) => ({ shown: one, fix })));
  }
  const ordered = orderFixes(offers, ({ fix }) => fix);
  const preferred = preferredFix(ordered, ({ fix }) => fix);
  const mending = ordered.flatMap((offer) => {
    const { fix, shown: one } = offer;
    return toAction(server, snapshot, one, fix, offer === preferred) ?? [];
  });
  const fixes = withoutRepeats(mending);
  const isShown = ({ diagnostics = [] }: CodeAction) => diagnostics.length > 0;
  const all = [...fixes.filter(isShown), ...malwareResponses(server, shown)];
  const pulledIn = fixes.filter((action) => !isShown(action));
  return keepingOrder([...all, ...pulledIn, ...withoutRepeats(ignoring), ...explanations(server, shown)]);
}

/** VS Code lists actions with diagnostics before those without, so what follows one without has none either. */
function keepingOrder(actions: readonly CodeAction[]): CodeAction[] {
  const first = actions.findIndex(({ diagnostics = [] }) => diagnostics.length === 0);
  return actions.map((action, at) => (first === -1 || at < first ? action : { ...action, diagnostics: [] }));
}

/** Removes duplicate fixes of several findings at one position; the first one provides the title. */
function withoutRepeats(actions: readonly CodeAction[]): readonly CodeAction[] {
  const byEdit = groupBy(actions, ({ edit, command }) =>
    JSON.stringify(edit ?? [command?.command, command?.arguments]),
  );
  return [...byEdit.values()].map((same) => ({
    ...same[0]!,
    diagnostics: same.flatMap(({ diagnostics = [] }) => diagnostics),
  }));
}

function selectionOf(server: ServerState, snapshot: Snapshot, uri: Uri, { range }: CodeActionParams): Span {
  const text = snapshot.textOf(uri) ?? '';
  return {
    start: server.proto.offset(uri, range.start, text),
    end: server.proto.offset(uri, range.end, text),
  };
}

/** Returns the findings that the cursor or the selection touches. */
function findingsAt(
  server: ServerState,
  snapshot: Snapshot,
  uri: Uri,
  params: CodeActionParams,
): readonly Shown[] {
  const { start: from, end: to } = selectionOf(server, snapshot, uri, params);
  return snapshot
    .diagnose(uri)
    .findings.filter(({ span }) => span.start <= to && from <= span.end)
    .map((finding) => {
      const own = server.proto.diagnostic(finding, snapshot);
      const theirs = params.context.diagnostics.find((diagnostic) => isSame(diagnostic, own));
      return { finding, diagnostic: theirs ?? own };
    });
}

function toAction(
  server: ServerState,
  snapshot: Snapshot,
  shown: Known,
  fix: Fix,
  preferred: boolean,
): CodeAction | undefined {
  const { diagnostic } = shown;
  const diagnostics = diagnostic === undefined ? [] : [diagnostic];
  const base = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics };
  const question = ignoreQuestion(server, snapshot, shown, fix);
  if (question !== undefined) {
    const title = `Ignore ${question.subject}…`;
    const command = { title, command: CLIENT_COMMANDS.ignoreFinding, arguments: [question] };
    return { ...base, title, command };
  }
  if (fix.applicability !== 'display-only') {
    const { documentChanges, deletesFiles } = server.abilities;
    if (fix.deletes !== undefined && !(documentChanges && deletesFiles)) return undefined;
    const edit = server.proto.workspaceEdit(fix, snapshot);
    return {
      ...base,
      edit,
      ...(preferred && server.abilities.preferredActions ? { isPreferred: true } : {}),
    };
  }
  const { commands } = server.abilities;
  if (fix.command === undefined) return askForRegistry(server, shown);
  if (commands.has(CLIENT_COMMANDS.putInTerminal) && isOneLine(fix.command)) {
    const title = terminalTitle(fix.title);
    const { uri } = shown.finding;
    const folder = snapshot.projectOf(uri)?.project.root ?? parentUri(uri);
    const given: TerminalCommand = { command: fix.command, folder: server.proto.uri(folder) };
    return { ...base, title, command: { title, command: CLIENT_COMMANDS.putInTerminal, arguments: [given] } };
  }
  if (!commands.has(CLIENT_COMMANDS.copyCommand)) return undefined;
  return {
    ...base,
    command: { title: fix.title, command: CLIENT_COMMANDS.copyCommand, arguments: [fix.command] },
  };
}

/** Returns the title of a fix that copies a command, for one that puts it in a terminal. */
export function terminalTitle(title: string): string {
  return title
    .replace(/^Copy:? /, 'Put in terminal: ')
    .replace(/(?<=: )copy ("[^"]+")/, 'put $1 in terminal');
}

/** Checks that a terminal runs nothing of it before the user presses Enter. */
function isOneLine(command: string): boolean {
  return !/\p{Cc}/u.test(command);
}

/** Returns the action for clients that can ask for the reason and the period, and show the new entry. */
function ignoreQuestion(
  { abilities, proto }: ServerState,
  snapshot: Snapshot,
  { finding }: Known,
  { ignores }: Fix,
): IgnoreQuestion | undefined {
  const project = snapshot.projectOf(finding.uri)?.project;
  if (ignores === undefined || project === undefined) return undefined;
  if (!abilities.commands.has(CLIENT_COMMANDS.ignoreFinding) || !abilities.appliesEdits) return undefined;
  const maxDays = maxIgnoreDays(project.policy);
  const period = { days: Math.min(IGNORE_DAYS, maxDays), maxDays };
  return { uri: proto.uri(finding.uri), entries: ignores, subject: describeIgnored(ignores), ...period };
}

/** Returns the action that asks the user for the registry of a scope that the project does not configure. */
function askForRegistry(server: ServerState, { finding, diagnostic }: Known): CodeAction | undefined {
  const { scope } = finding.data as { readonly scope?: unknown };
  const { commands } = server.abilities;
  if (typeof scope !== 'string' || !commands.has(CLIENT_COMMANDS.setScopeRegistry)) return undefined;
  const title = `Set the registry of ${scope}…`;
  const question: ScopeQuestion = { uri: server.proto.uri(finding.uri), scope };
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnostic === undefined ? [] : [diagnostic],
    command: { title, command: CLIENT_COMMANDS.setScopeRegistry, arguments: [question] },
  };
}

/** One dependency may pull in many; the command without a package lists them all. */
const MOST_MALWARE = 3;

/** Returns an action for each malicious version at the position, which shows the steps and does nothing by itself. */
function malwareResponses(server: ServerState, shown: readonly Shown[]): CodeAction[] {
  if (!server.abilities.commands.has(CLIENT_COMMANDS.respondToMalware)) return [];
  const actions = new Map<string, CodeAction>();
  for (const { finding, diagnostic } of shown) {
    for (const { name, version } of malwareOf(finding)) {
      const title = `Respond to the malware ${name} ${version}…`;
      const question: MalwareQuestion = { package: name, version, uri: server.proto.uri(finding.uri) };
      if (actions.size === MOST_MALWARE || actions.has(title)) continue;
      actions.set(title, {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        command: { title, command: CLIENT_COMMANDS.respondToMalware, arguments: [question] },
      });
    }
  }
  return [...actions.values()];
}

function explanations(server: ServerState, shown: readonly Shown[]): CodeAction[] {
  if (!server.abilities.commands.has(CLIENT_COMMANDS.openRulePage)) return [];
  const byRule = groupBy(shown, ({ finding }) => finding.rule);
  return [...byRule].map(([rule, of]) => {
    const title = `Explain the rule ${rule}`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: of.map(({ diagnostic }) => diagnostic),
      command: { title, command: CLIENT_COMMANDS.openRulePage, arguments: [rule] },
    };
  });
}

/** Returns every safe fix of the document in one edit. */
function fixAll(server: ServerState, snapshot: Snapshot, uri: Uri): CodeAction | undefined {
  const { findings } = snapshot.diagnose(uri);
  const fixes = findings.map((finding) =>
    snapshot.ruleFixesOf(finding).find((fix) => fix.applicability === 'safe'),
  );
  const chosen = nonOverlapping(fixes.filter((fix) => fix !== undefined));
  if (chosen.length === 0) return undefined;
  return {
    title: chosen.length === 1 ? 'Apply the one safe fix' : `Apply all ${chosen.length} safe fixes`,
    kind: FIX_ALL_KIND,
    edit: server.proto.workspaceEdit({ edits: chosen.flatMap((fix) => fix.edits) }, snapshot),
  };
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.code === b.code &&
    a.message === b.message &&
    a.range.start.line === b.range.start.line &&
    a.range.start.character === b.range.start.character &&
    a.range.end.line === b.range.end.line &&
    a.range.end.character === b.range.end.character
  );
}
