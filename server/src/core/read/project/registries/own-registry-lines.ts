import { scopeNameOf } from '../../config/bun/bun-registries.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import type { Project } from '../project.ts';

/** The line of the project's own files that names the registry of a scope, or the default registry. */
export interface OwnRegistryLine {
  readonly uri: Uri;
  readonly value: Located<string>;
}

type Sources = Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'yarnrcs' | 'bunfig'>;

/** Returns the line of the project's own files for a scope (with its @), whatever this machine's files configure. */
export function ownScopeLine(project: Sources, scope: string): OwnRegistryLine | undefined {
  for (const line of linesOf(project, `${scope}:registry`, scope)) {
    if (line.value.value !== '' && line.value.value !== 'true') return line;
  }
  return undefined;
}

/** Returns their line for names without a scope of their own. */
export function ownDefaultLine(project: Sources): OwnRegistryLine | undefined {
  for (const line of linesOf(project, 'registry', undefined)) return line;
  return undefined;
}

/** Yields lines in the order in which the project's package manager looks them up. */
function* linesOf(project: Sources, npmrcKey: string, scope: string | undefined): Iterable<OwnRegistryLine> {
  const { manager } = project;
  const isBerry = manager.name === 'yarn' && manager.yarn === 'berry';
  if (manager.name === 'pnpm') yield* inPnpmWorkspace(project, scope ?? 'default');
  if (!isBerry) yield* inNpmrc(project, npmrcKey);
  if (manager.name === 'yarn') yield* inYarnrcs(project, isBerry ? 'berry' : 'classic', scope);
  if (manager.name === 'bun') yield* inBunfig(project, scope);
}

function* inNpmrc({ npmConfig }: Sources, key: string): Iterable<OwnRegistryLine> {
  const file = npmConfig.project;
  const entry = file?.entries.findLast((item) => item.key === key);
  if (file !== undefined && entry !== undefined) {
    yield { uri: file.uri, value: { value: entry.value, span: entry.valueSpan } };
  }
}

function* inPnpmWorkspace({ pnpmWorkspace }: Sources, key: string): Iterable<OwnRegistryLine> {
  const value = pnpmWorkspace?.registries.findLast((entry) => entry.key.value === key)?.value;
  if (pnpmWorkspace !== undefined && value !== undefined) {
    yield { uri: pnpmWorkspace.uri, value: { value: value.text, span: value.span } };
  }
}

function* inYarnrcs(
  { yarnrcs }: Sources,
  dialect: 'berry' | 'classic',
  scope: string | undefined,
): Iterable<OwnRegistryLine> {
  for (const file of yarnrcs) {
    if (file.dialect !== dialect || file.level !== 'project') continue;
    const entry =
      scope === undefined ? file.registry : file.scopes.findLast(({ key }) => `@${key?.value}` === scope);
    if (entry?.server !== undefined) yield { uri: file.uri, value: entry.server };
  }
}

function* inBunfig({ bunfig }: Sources, scope: string | undefined): Iterable<OwnRegistryLine> {
  const entry =
    scope === undefined ? bunfig?.registry : bunfig?.scopes.findLast((item) => scopeNameOf(item) === scope);
  if (bunfig !== undefined && entry?.url !== undefined) yield { uri: bunfig.uri, value: entry.url };
}
