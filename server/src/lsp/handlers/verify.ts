import type { CancellationToken } from 'vscode-languageserver';
import { packumentUrl } from '../../core/know/registry/access/packument-url.ts';
import { readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import type { Project } from '../../core/read/project/project.ts';
import { canonicalUri } from '../../core/read/text/paths/uri.ts';
import { signalOf } from '../abort-signal.ts';
import { ensureProject } from '../ensure-project.ts';
import type { VerifyResult } from '../messages.ts';
import type { ServerState } from '../server-state.ts';

/** The width of the card in an editor. */
const COLUMNS = 100;

/**
 * Collects the facts about a package that the user named, as a card. As the user asked for it, this also
 * runs in untrusted folders; their files then decide nothing.
 */
export async function verify(
  server: ServerState,
  argument: unknown,
  token: CancellationToken,
): Promise<VerifyResult> {
  const params = readParams(argument);
  if (params === undefined) {
    return { problem: 'Type the name of a package, such as left-pad or left-pad@^1.0.0.' };
  }
  await server.settled;
  const project = await projectOf(server, params.uri);
  if (project === undefined) return { problem: 'Open a folder with a package.json first.' };
  const { verifyPackage, verifyCard, verifyText, verifyMarkdown } = await import(
    '../../engine/verify/verify.ts'
  );
  const { session, ports } = server;
  const { online } = server.clientSettings;
  const context = { session, ports, online, signal: signalOf(token) };
  const card = verifyCard(await verifyPackage({ ...params, project }, context));
  const text =
    params.format === 'markdown'
      ? verifyMarkdown(card)
      : verifyText(card, { columns: COLUMNS, colour: false });
  return { title: card.title, text };
}

async function projectOf(server: ServerState, uri: string | undefined): Promise<Project | undefined> {
  const owner = uri === undefined ? undefined : await ensureProject(server, canonicalUri(uri));
  return (owner ?? server.session.snapshot().projects[0])?.project;
}

function readParams(argument: unknown):
  | {
      readonly name: string;
      readonly asked: string | undefined;
      readonly uri: string | undefined;
      readonly format: 'markdown' | undefined;
    }
  | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { package: text, uri, format } = argument as Readonly<Record<string, unknown>>;
  const query = typeof text === 'string' ? readPackageQuery(text.trim()) : undefined;
  if (query === undefined || packumentUrl('https://registry.example.test/', query.name) === undefined) {
    return undefined;
  }
  return {
    name: query.name,
    asked: query.version,
    uri: typeof uri === 'string' ? uri : undefined,
    format: format === 'markdown' ? format : undefined,
  };
}
