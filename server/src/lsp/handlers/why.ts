import { lockGraphOf } from '../../core/judge/exposure/lock-graph.ts';
import { findNodes } from '../../core/read/graph/find-nodes.ts';
import { canonicalUri, relativeUri } from '../../core/read/text/paths/uri.ts';
import { ensureProject } from '../ensure-project.ts';
import type { WhyQuestion, WhyResult } from '../hover-messages.ts';
import type { ServerState } from '../server-state.ts';

/** The width of the text in an editor. */
const COLUMNS = 100;

/** Returns the dependency paths to a locked package as text. */
export async function whyInstalled(server: ServerState, argument: unknown): Promise<WhyResult> {
  const question = readPackage(argument);
  if (question === undefined) return { problem: 'The package is not named.' };
  await server.settled;
  const project = (await ensureProject(server, canonicalUri(question.uri)))?.project;
  const lockfile = project?.lockfile;
  if (project === undefined || lockfile === undefined) {
    return { problem: 'The project has no lockfile that can be read.' };
  }
  const { package: name, version } = question;
  const { graph } = lockGraphOf(lockfile, project);
  const nodes = findNodes(graph, { name, version });
  const title = version === undefined ? name : `${name} ${version}`;
  if (nodes.length === 0) return { problem: `${title} is not in the lockfile.` };
  const located = {
    path: relativeUri(project.root, lockfile.uri),
    format: lockfile.format,
    lockfileVersion: undefined,
    status: 'checked',
    reason: undefined,
    graph,
  } as const;
  const found = [{ lockfile: located, graph, nodes }];
  if (question.format === 'markdown') {
    const { whyMarkdown } = await import('../../core/show/report/graph/why-markdown.ts');
    return { title, text: whyMarkdown(`Why ${title} is installed`, found) };
  }
  const { whyText } = await import('../../core/show/report/graph/why-text.ts');
  return { title, text: whyText(found, { columns: COLUMNS, colour: false }) };
}

function readPackage(argument: unknown): WhyQuestion | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { package: name, version, uri, format } = argument as Partial<Record<keyof WhyQuestion, unknown>>;
  if (typeof name !== 'string' || name === '' || typeof uri !== 'string') return undefined;
  return {
    ...{ package: name, uri },
    ...(typeof version === 'string' ? { version } : {}),
    ...(format === 'markdown' ? { format } : {}),
  };
}
