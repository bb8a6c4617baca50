import {
  type CancellationToken,
  type ExecuteCommandParams,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { writeScopeRegistry } from '../../core/read/project/registries/write-scope-registry.ts';
import { canonicalUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { parseWebUrl } from '../../core/read/text/paths/web-url.ts';
import { plural } from '../../core/read/text/words/words.ts';
import { signalOf } from '../abort-signal.ts';
import { applyEdit } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import { guardRequest } from '../guard.ts';
import { SERVER_COMMANDS, type WriteScopeRegistry, type WriteScopeRegistryResult } from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';
import { updateDatabase } from './database.ts';
import { decideScripts } from './decide-scripts.ts';
import { writeIgnores } from './ignore.ts';
import { listDependencies } from './list-dependencies.ts';
import { listScripts } from './list-scripts.ts';
import { respondToMalware } from './malware.ts';
import { pinRange } from './pin-actions.ts';
import { privacyOf } from './privacy.ts';
import { removeIgnore } from './remove-ignore.ts';
import { updateRanges } from './update.ts';
import { verify } from './verify.ts';
import { whyInstalled } from './why.ts';

/** Handles the server's own commands. The result of an unknown one is null. */
export function handleCommands(server: ServerState): void {
  const answer = async (params: ExecuteCommandParams, token: CancellationToken): Promise<unknown> => {
    switch (params.command) {
      case SERVER_COMMANDS.checkWorkspace:
        return checkWorkspace(server, params, token);
      case SERVER_COMMANDS.writeScopeRegistry:
        return setScopeRegistry(server, params.arguments?.[0]);
      case SERVER_COMMANDS.privacy:
        return privacyOf(server, params, token);
      case SERVER_COMMANDS.update:
        return updateRanges(server, params, token);
      case SERVER_COMMANDS.pin:
        return pinRange(server, params.arguments?.[0]);
      case SERVER_COMMANDS.why:
        return whyInstalled(server, params.arguments?.[0]);
      case SERVER_COMMANDS.verify:
        return verify(server, params.arguments?.[0], token);
      case SERVER_COMMANDS.updateDatabase:
        return updateDatabase(server, params, token);
      case SERVER_COMMANDS.respondToMalware:
        return respondToMalware(server, params.arguments?.[0]);
      case SERVER_COMMANDS.writeIgnores:
        return writeIgnores(server, params.arguments?.[0]);
      case SERVER_COMMANDS.removeIgnore:
        return removeIgnore(server, params.arguments?.[0]);
      case SERVER_COMMANDS.listScripts:
        return listScripts(server, params, token);
      case SERVER_COMMANDS.answerAssistant:
        return (await import('./answer-assistant.ts')).answerAssistant(server, params.arguments?.[0], token);
      case SERVER_COMMANDS.decideScripts:
        return decideScripts(server, params.arguments?.[0]);
      case SERVER_COMMANDS.listDependencies:
        return listDependencies(server);
      case SERVER_COMMANDS.findPackage:
        return (await import('./package-page.ts')).findPackage(server, params.arguments?.[0], token);
      case SERVER_COMMANDS.packagePage:
        return (await import('./package-page.ts')).makePackagePage(server, params.arguments?.[0], token);
      case SERVER_COMMANDS.report:
        return (await import('./report-page.ts')).makeReport(server, params, token);
      case SERVER_COMMANDS.reviewLockfiles:
        return (await import('./review-lockfiles.ts')).reviewLockfiles(
          server,
          params.arguments?.[0],
          token,
          () => loadFolders(server, params, token),
        );
      case SERVER_COMMANDS.listReviewBases:
        return (await import('./review-lockfiles.ts')).listReviewBases(server);
      case SERVER_COMMANDS.readCommitted:
        return (await import('./review-lockfiles.ts')).readCommitted(server, params.arguments?.[0]);
      default:
        return null;
    }
  };
  server.connection.onExecuteCommand(guardRequest(server.log, 'workspace/executeCommand', null, answer));
}

/** Loads every project below the open folders, with progress that the user can cancel. */
async function checkWorkspace(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<null> {
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  const start = server.ports.clock.now();
  let isEmpty = false;
  server.working++;
  server.changed.call();
  try {
    progress.reporter?.begin('Checking dependencies', undefined, undefined, true);
    const hosts = server.session.tryAgain();
    if (hosts.length > 0) server.running.info(`Trying ${hosts.join(', ')} again after earlier failures.`);
    for (const folder of server.folders) {
      if (signal.aborted) break;
      const report = (message: string, done: number, total: number | undefined) => {
        const count = total === undefined ? `${done}` : `${done} of ${total}`;
        progress.reporter?.report(`${message}: ${count}`);
      };
      await server.session.loadFolder(folder, { report }, signal);
    }
    if (!signal.aborted) server.workspaceChecked = true;
    const { projects } = server.session.snapshot();
    isEmpty = !signal.aborted && projects.length === 0;
    const took = `${server.ports.clock.now() - start} ms`;
    server.running.info(`Loaded ${plural(projects.length, 'project')} in ${took}.`);
  } finally {
    progress.reporter?.done();
    server.working--;
    server.changed.call();
  }
  if (isEmpty) {
    await server.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: NO_PROJECTS,
    });
  }
  return null;
}

/** Loads the same for a comparison of lockfiles, without the counts. */
async function loadFolders(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<void> {
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  try {
    progress.reporter?.begin('Comparing lockfiles', undefined, undefined, true);
    for (const folder of server.folders) await server.session.loadFolder(folder, undefined, signal);
  } finally {
    progress.reporter?.done();
  }
}

/** Writes the registry of a scope into the configuration of the project of a file. */
async function setScopeRegistry(server: ServerState, argument: unknown): Promise<WriteScopeRegistryResult> {
  const request = readRequest(argument);
  if (request === undefined) return { problem: 'The scope or the URL of the registry is invalid.' };
  if (!server.abilities.appliesEdits)
    return { problem: 'This editor does not let language servers edit files.' };
  const uri = canonicalUri(request.uri);
  const project = (await ensureProject(server, uri))?.project;
  if (project === undefined) return { problem: 'The file belongs to no project that is loaded.' };

  const snapshot = server.session.snapshot();
  const textOf = (uri: Uri) => snapshot.textOf(uri);
  const written = writeScopeRegistry(project, request.scope, request.registry, textOf);
  if (written === undefined)
    return { problem: 'The file has scopes in a form that no line can be added to.' };
  if (written.edits.length === 0) return { problem: undefined };
  const edit = server.proto.workspaceEdit(
    { edits: written.edits.map(({ span, newText }) => ({ uri: written.uri, span, newText })) },
    snapshot,
  );
  const label = `Set the registry of ${request.scope}`;
  const { applied, failureReason } = await applyEdit(server, label, edit, snapshot);
  return { problem: applied ? undefined : (failureReason ?? 'The editor did not apply the edit.') };
}

function readRequest(argument: unknown): WriteScopeRegistry | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, scope, registry } = argument as Partial<Record<keyof WriteScopeRegistry, unknown>>;
  if (typeof uri !== 'string' || typeof scope !== 'string' || typeof registry !== 'string') return undefined;
  if (!/^@[a-z0-9~-][a-z0-9._~-]*$/i.test(scope) || /\s/.test(registry)) return undefined;
  const address = parseWebUrl(registry);
  if (address === undefined || (address.scheme !== 'https' && address.scheme !== 'http')) return undefined;
  return { uri, scope, registry: registry.endsWith('/') ? registry : `${registry}/` };
}
