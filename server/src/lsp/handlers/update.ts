import {
  type CancellationToken,
  type ExecuteCommandParams,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { declaredRanges, updatableRanges } from '../../core/judge/remedy/declared-range.ts';
import {
  editsOf,
  largestUpTo,
  type RangeUpdate,
  updatesOf,
  updateTo,
} from '../../core/judge/remedy/range-updates.ts';
import { offerContext, updateOffer } from '../../core/judge/remedy/update-offer.ts';
import type { Advisories } from '../../core/know/advisory/advisories.ts';
import { UPDATE_LEVELS } from '../../core/know/registry/releases/update-level.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';
import { canonicalUri, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { namesAndMore } from '../../core/read/text/words/words.ts';
import type { AbortSignalLike } from '../../engine/ports.ts';
import type { Snapshot } from '../../engine/session.ts';
import { signalOf } from '../abort-signal.ts';
import { applyEdit } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import type { UpdateRequest, UpdateResult } from '../messages.ts';
import { describeUnread, NO_PROJECTS } from '../no-projects.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';

/** A file and its project. */
interface Updated {
  readonly project: Project;
  readonly advisories: Advisories;
  readonly file: CheckedFile;
}

interface Found {
  readonly updates: readonly RangeUpdate[];
  /** Packages whose newer versions are unknown, each with the reason. */
  readonly notChecked: ReadonlyMap<string, string>;
}

/** Writes newer versions into ranges, as requested by a code action, lens or hint. */
export async function updateRanges(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<UpdateResult> {
  const request = readUpdateRequest(params.arguments?.[0]);
  if (request === undefined) return { updated: 0, message: 'Nothing was updated: the request is not valid.' };
  if (request.scope === 'range') return update(server, request, signalOf(token));
  const progress = await beginProgress(server, params);
  progress.reporter?.begin('Looking for newer versions', undefined, undefined, true);
  try {
    return await update(server, request, signalOf(token, progress.token));
  } finally {
    progress.reporter?.done();
  }
}

async function update(
  server: ServerState,
  request: UpdateRequest,
  signal: AbortSignalLike,
): Promise<UpdateResult> {
  server.session.openAdvisories();
  const files = await filesOf(server, request, signal);
  const found = await findUpdates(server, files, request, signal);
  if (signal.aborted) return { updated: 0, message: 'Nothing was updated.' };
  const result = await applyUpdates(server, request, found);
  const isSeen = request.scope === 'range' && result.updated > 0;
  if (!isSeen) {
    const message = visibleText(result.message);
    await server.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message,
    });
  }
  return result;
}

async function filesOf(
  server: ServerState,
  request: UpdateRequest,
  signal: AbortSignalLike,
): Promise<readonly Updated[]> {
  const { session } = server;
  if (request.scope === 'workspace') {
    for (const folder of server.folders) await session.loadFolder(folder, undefined, signal);
    return session
      .snapshot()
      .projects.flatMap(({ project, files, advisories }) =>
        [...files.values()].map((file) => ({ project, advisories, file })),
      );
  }
  const uri = canonicalUri(request.uri);
  const owner = await ensureProject(server, uri);
  const file = owner?.files.get(uri);
  if (owner === undefined || file === undefined) return [];
  return [{ project: owner.project, advisories: owner.advisories, file }];
}

async function findUpdates(
  { session, ports }: ServerState,
  files: readonly Updated[],
  request: UpdateRequest,
  signal: AbortSignalLike,
): Promise<Found> {
  const notChecked = new Map<string, string>();
  const updates = await Promise.all(
    files.flatMap(({ project, advisories, file }) => {
      const context = offerContext(project, ports.clock.now(), advisories);
      const ranges =
        request.scope === 'range'
          ? declaredRanges(project, file).filter(
              ({ name, declared }) => name === request.name && declared === request.declared,
            )
          : updatableRanges(project, file);
      return ranges.map(async (range): Promise<readonly RangeUpdate[]> => {
        const fact = await session.packument(project, range.target, { signal });
        if (fact.state !== 'ready') {
          if (fact.state === 'unavailable') notChecked.set(range.target, fact.detail);
          return [];
        }
        const offer = updateOffer(range, fact.value, context);
        if (offer === undefined) return [];
        const update =
          request.scope === 'range'
            ? [...offer.byLevel.values(), offer.inRange, offer.latest].includes(request.version)
              ? updateTo(range, offer.current, request.version)
              : undefined
            : largestUpTo(updatesOf(range, offer), request.level);
        return update === undefined ? [] : [update];
      });
    }),
  );
  return { updates: updates.flat(), notChecked };
}

async function applyUpdates(
  server: ServerState,
  request: UpdateRequest,
  { updates, notChecked }: Found,
): Promise<UpdateResult> {
  const snapshot = server.session.snapshot();
  const current = updates.filter(({ range, token }) => isAsRead(snapshot, range.declared, token));
  const edits = editsOf(current, (uri) => snapshot.textOf(uri));
  const gaps = describeGap(notChecked);
  if (edits.length === 0) {
    const { projects } = snapshot;
    if (projects.length === 0) return { updated: 0, message: NO_PROJECTS };
    const unread = describeUnread(projects);
    return { updated: 0, message: `There is nothing to update${upTo(request)}.${gaps}${unread}` };
  }
  const edit = server.proto.workspaceEdit({ edits }, snapshot);
  const { applied, failureReason } = await applyEdit(server, 'Update dependencies', edit, snapshot);
  if (!applied) return { updated: 0, message: failureReason ?? 'The editor did not apply the updates.' };
  const where = describeFiles(edits.map(({ uri }) => uri));
  const count = edits.length === 1 ? '1 range' : `${edits.length} ranges`;
  return { updated: edits.length, message: `Updated ${count} in ${where}${upTo(request)}.${gaps}` };
}

/** Returns the name of the one file, or the number of several; each may be listed repeatedly. */
export function describeFiles(uris: readonly Uri[]): string {
  const [first, ...others] = new Set(uris);
  return first === undefined || others.length > 0 ? `${others.length + 1} files` : nameOf(first);
}

/** Checks whether the text is unchanged since registries were queried. */
function isAsRead(snapshot: Snapshot, declared: string, { uri, span }: RangeUpdate['token']): boolean {
  const written = snapshot.textOf(uri)?.slice(span.start, span.end) ?? '';
  return written === declared || written.slice(1, -1) === declared || written === JSON.stringify(declared);
}

function upTo(request: UpdateRequest): string {
  return request.scope === 'range' ? '' : `, ${LEVEL_WORDS[request.level]}`;
}

export const LEVEL_WORDS = {
  patch: 'patch only',
  minor: 'minor and patch',
  major: 'major too',
} as const;

const MOST_NAMES = 3;

function describeGap(notChecked: ReadonlyMap<string, string>): string {
  const [first] = notChecked;
  if (first === undefined) return '';
  return ` Not checked: ${namesAndMore([...notChecked.keys()], MOST_NAMES)} (${first[1]}).`;
}

function readUpdateRequest(argument: unknown): UpdateRequest | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { scope, uri, name, declared, version, level } = argument as Partial<Record<string, unknown>>;
  const known = UPDATE_LEVELS.find((each) => each === level);
  switch (scope) {
    case 'workspace':
      return known === undefined ? undefined : { scope, level: known };
    case 'file':
      return known === undefined || typeof uri !== 'string' ? undefined : { scope, uri, level: known };
    case 'range': {
      const texts = [uri, name, declared, version];
      if (!texts.every((text) => typeof text === 'string')) return undefined;
      return {
        scope,
        uri: uri as string,
        name: name as string,
        declared: declared as string,
        version: version as string,
      };
    }
    default:
      return undefined;
  }
}
