import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { UnreadDeclaration } from '../../core/read/project/project.ts';
import { indexLines } from '../../core/read/text/lines/line-index.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ParseProblem } from '../../core/read/text/problem.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import type { Ports } from '../ports.ts';
import type { EngineSettings } from '../settings.ts';
import type { BuiltProject } from './built-project.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

export interface DeclarationSources {
  readonly found: ProjectFiles;
  readonly store: FileStore;
  readonly settings: EngineSettings;
  readonly ports: Ports;
  readonly policies: readonly Policy[];
  /** Models of the configuration files, with the parts that could not be read. */
  readonly models: readonly (
    | { readonly text: string; readonly problems: readonly ParseProblem[]; readonly uri: Uri }
    | undefined
  )[];
  readonly lockfiles: BuiltProject['lockfiles'];
}

/**
 * Returns the first file that may declare names of the project private but cannot be read properly: one that exists and
 * was refused, or is damaged where such declarations may be. Undefined if all were read or are missing.
 */
export function unreadDeclarationOf(sources: DeclarationSources): UnreadDeclaration | undefined {
  const { store, policies, models, lockfiles } = sources;
  for (const uri of declaringFiles(sources)) {
    const read = store.peek(uri);
    if (read?.type === 'refused') return { file: nameOf(uri), reason: `it ${read.reason}` };
  }
  for (const { uri, text, lostPrivacy } of policies) {
    if (lostPrivacy !== undefined && uri !== undefined) return damaged(uri, text, lostPrivacy);
  }
  for (const model of models) {
    const problem = model?.problems[0];
    if (model !== undefined && problem !== undefined) return damaged(model.uri, model.text, problem);
  }
  for (const { file, lockfile } of lockfiles) {
    const isLost = file.atRoot && lockfile?.status === 'unreadable' && lockfile.text.trim() !== '';
    if (isLost) return { file: nameOf(file.uri), reason: asClause(lockfile.reason ?? 'It is damaged.') };
  }
  return undefined;
}

function* declaringFiles({ found, settings, ports }: DeclarationSources): Iterable<Uri> {
  const { policyFile, organisationPolicy } = settings;
  const given = [policyFile, organisationPolicy, found.policy];
  const single = [...given, found.npmrc, ports.userNpmrc, ports.globalNpmrc];
  for (const uri of [...single, found.pnpmWorkspace, found.bunfig, found.userBunfig]) {
    if (uri !== undefined) yield uri;
  }
  yield* found.policiesAbove;
  yield* found.extended.files;
  for (const { uri } of found.yarnrcs) yield uri;
  for (const { uri, isBinary } of found.lockfiles) if (!isBinary) yield uri;
  yield* found.manifests;
}

function damaged(uri: Uri, text: string, { message, span }: ParseProblem): UnreadDeclaration {
  const line = indexLines(text).positionAt(span.start).line + 1;
  return { file: nameOf(uri), reason: `line ${line}: ${asClause(message)}` };
}
