import type { CancellationToken } from 'vscode-languageserver';
import { packagePage, titleOf } from '../../core/show/report/package-page/package-page.ts';
import { signalOf } from '../abort-signal.ts';
import type {
  PackagePageQuestion,
  PackagePosition,
  PackageQuestion,
  PackageResult,
  WebPageResult,
} from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import { packagePageInput } from '../package-page-input.ts';
import { packageChoices, questionOf, subjectAt, subjectNamed } from '../package-subject.ts';
import type { ServerState } from '../server-state.ts';
import { editorHost, webPage } from '../web-page.ts';

/** Finds the package at a position, or lists the packages of all projects. Asks nobody. */
export async function findPackage(
  server: ServerState,
  argument: unknown,
  token: CancellationToken,
): Promise<PackageResult> {
  await server.settled;
  const subject = await subjectAt(server, readPosition(argument), token);
  if (subject !== undefined) return { of: questionOf(server, subject) };
  await ensureLoaded(server, token);
  const choices = packageChoices(server);
  return choices.length === 0 ? { problem: NO_PROJECTS } : { choices };
}

/**
 * Makes the page of a package. What registries know is asked for as far as settings, trust and privacy permit; a
 * verification, which the user asks for by itself, is permitted in untrusted folders, too.
 */
export async function makePackagePage(
  server: ServerState,
  argument: unknown,
  token: CancellationToken,
): Promise<WebPageResult> {
  const question = readQuestion(argument);
  const host = editorHost(question?.nonce);
  if (question === undefined || host === undefined) return { problem: 'The question for a page is invalid.' };
  await server.settled;
  await ensureLoaded(server, token);
  const subject = await subjectNamed(server, question);
  if (subject === undefined)
    return { problem: 'Open a folder with a package.json, and give the name of a package.' };
  const { verify = false } = question;
  const input = await packagePageInput(server, host, subject, { verify, signal: signalOf(token) });
  return { page: webPage(server, titleOf(input), packagePage(input), host) };
}

async function ensureLoaded(server: ServerState, token: CancellationToken): Promise<void> {
  if (server.session.snapshot().projects.length > 0) return;
  for (const folder of server.folders) await server.session.loadFolder(folder, undefined, signalOf(token));
  server.changed.call();
}

function readPosition(argument: unknown): PackagePosition {
  if (typeof argument !== 'object' || argument === null) return {};
  const { uri, position } = argument as Readonly<Record<string, unknown>>;
  return typeof uri === 'string' && isPosition(position) ? { uri, position } : {};
}

function isPosition(value: unknown): value is NonNullable<PackagePosition['position']> {
  if (typeof value !== 'object' || value === null) return false;
  const { line, character } = value as Readonly<Record<string, unknown>>;
  return Number.isInteger(line) && Number.isInteger(character);
}

function readQuestion(argument: unknown): PackagePageQuestion | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { nonce, uri, package: name, version, verify } = argument as Readonly<Record<string, unknown>>;
  if (typeof nonce !== 'string' || typeof name !== 'string') return undefined;
  const question: PackageQuestion = {
    package: name,
    ...(typeof uri === 'string' ? { uri } : {}),
    ...(typeof version === 'string' ? { version } : {}),
  };
  return { ...question, nonce, verify: verify === true };
}
