import type { CancellationToken } from 'vscode-languageserver';
import { reportsIn } from '../../core/judge/exposure/affecting.ts';
import { packumentUrl } from '../../core/know/registry/access/packument-url.ts';
import { readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import { signalOf } from '../abort-signal.ts';
import type { AssistantAnswer } from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import type { ServerState } from '../server-state.ts';
import { statusOf } from './status.ts';

const COLUMNS = 100;
const MOST_NAMES = 100;
const MOST_FINDINGS = 10;
const MOST_GAPS = 10;

/**
 * Answers a question that a coding assistant asked with a language model tool. As the user did not type it, nothing is
 * sent from untrusted folders.
 */
export async function answerAssistant(
  server: ServerState,
  argument: unknown,
  token: CancellationToken,
): Promise<AssistantAnswer> {
  if (typeof argument !== 'object' || argument === null) return { problem: UNKNOWN };
  const given = argument as Readonly<Record<string, unknown>>;
  await server.settled;
  switch (given.tool) {
    case 'verify_package':
      return answerPackage(server, String(given.package), token);
    case 'check_names':
      return answerNames(server, Array.isArray(given.names) ? given.names.map(String) : []);
    case 'check_project':
      return answerProject(server, token);
    case 'explain_rule': {
      const { explainedRule } = await import('../../core/show/report/explain/explained-rule.ts');
      const text = explainedRule(String(given.rule), COLUMNS);
      return text === undefined ? { problem: 'There is no rule with this id.' } : { text };
    }
    default:
      return { problem: UNKNOWN };
  }
}

const UNKNOWN = 'There is no such tool.';
const NO_PROJECT = 'Open a folder with a package.json first.';

async function answerPackage(
  server: ServerState,
  typed: string,
  token: CancellationToken,
): Promise<AssistantAnswer> {
  const query = readPackageQuery(typed.trim());
  if (query === undefined || packumentUrl('https://registry.example.test/', query.name) === undefined)
    return { problem: 'Give the name of a package, such as left-pad or left-pad@^1.0.0.' };
  const own = await firstProject(server);
  if (own === undefined) return { problem: NO_PROJECT };
  const { project, advisories, facts } = own;
  const { verifyPackage, packageAnswer, formatPackage } = await import('../../engine/verify/verify.ts');
  const { session, ports } = server;
  const online = server.clientSettings.online && facts.unreachable === undefined;
  const request = { name: query.name, asked: query.version, project };
  const found = await verifyPackage(request, { session, ports, online, signal: signalOf(token) });
  const reports = reportsIn(project, advisories)(query.name);
  const isPopular = session.snapshot().popular.has(query.name);
  const answer = packageAnswer(found, { reports, isPopular });
  return { text: formatPackage(answer, found.registry.kind === 'private') };
}

async function answerNames(server: ServerState, names: readonly string[]): Promise<AssistantAnswer> {
  if (names.length === 0 || names.length > MOST_NAMES)
    return { problem: `Give 1 to ${MOST_NAMES} names of packages.` };
  const own = await firstProject(server);
  if (own === undefined) return { problem: NO_PROJECT };
  const { nameAnswers, formatNames } = await import('../../core/show/report/mcp/name-answer.ts');
  const { popular } = server.session.snapshot();
  return { text: formatNames(nameAnswers(names, own.project, own.advisories, popular)) };
}

/** Checks the open folders, as the command "Check Workspace" does. */
async function answerProject(server: ServerState, token: CancellationToken): Promise<AssistantAnswer> {
  await loadFolders(server, token);
  server.session.openAdvisories();
  const snapshot = server.session.snapshot();
  if (snapshot.projects.length === 0) return { problem: NO_PROJECTS };
  const { worstFindings, formatFindings } = await import('../../core/show/report/mcp/project-answer.ts');
  const { bounded } = await import('../../core/show/report/mcp/bounded.ts');
  const uris = new Set(snapshot.checked.flatMap(({ files }) => [...files.keys()]));
  const findings = [...uris].flatMap((uri) =>
    snapshot.diagnose(uri).findings.map((finding) => ({ finding, fixes: [] })),
  );
  const root = server.folders[0] ?? snapshot.projects[0]!.project.root;
  const report = { root, findings, textOf: snapshot.textOf };
  const worst = worstFindings(report, { leastShown: 'information', most: MOST_FINDINGS });
  const { gaps, working } = statusOf(server);
  const lines = [
    ...formatFindings(report, worst),
    ...gaps.slice(0, MOST_GAPS).map((gap) => `Not checked: ${bounded(gap, 200)}`),
    ...(gaps.length > MOST_GAPS ? ['More gaps are not listed here.'] : []),
    ...(working ? ['The check is still running: ask again for the rest.'] : []),
  ];
  return { text: lines.join('\n') };
}

async function firstProject(server: ServerState) {
  if (server.session.snapshot().projects.length === 0) await loadFolders(server, undefined);
  return server.session.snapshot().projects[0];
}

async function loadFolders(server: ServerState, token: CancellationToken | undefined): Promise<void> {
  const signal = token === undefined ? undefined : signalOf(token);
  for (const folder of server.folders) await server.session.loadFolder(folder, undefined, signal);
  server.changed.call();
}
