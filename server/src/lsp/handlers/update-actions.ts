import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import {
  type DeclaredRange,
  declaredRanges,
  updatableRanges,
} from '../../core/judge/remedy/declared-range.ts';
import {
  editsOf,
  largestUpTo,
  type RangeUpdate,
  updatesOf,
  updateTitle,
} from '../../core/judge/remedy/range-updates.ts';
import { offerContext, updateOffer } from '../../core/judge/remedy/update-offer.ts';
import type { Fact } from '../../core/know/registry/documents/fact.ts';
import type { Packument } from '../../core/know/registry/documents/packument.ts';
import { UPDATE_LEVELS, type UpdateLevel } from '../../core/know/registry/releases/update-level.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import type { AbortSignalLike } from '../../engine/ports.ts';
import type { ProjectSnapshot, Snapshot } from '../../engine/session.ts';
import type { UpdateRequest } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { commandOf } from '../update-command.ts';
import { describeFiles, LEVEL_WORDS } from './update.ts';

const OWN_KIND = 'refactor.rewrite.dependencyHygiene';
export const UPDATE_KIND = `${OWN_KIND}.update`;

/** How long a requested light bulb waits; an automatic one does not wait. */
const PATIENCE_MS = 800;

export interface UpdatePlace {
  readonly uri: Uri;
  readonly snapshot: Snapshot;
  readonly params: CodeActionParams;
  /** Whether the user asked, rather than the cursor having moved. */
  readonly invoked: boolean;
  readonly signal: AbortSignalLike;
}

/** In a larger selection, one action per range would be a list that nobody reads. */
const MOST_ALONE = 5;

/**
 * Returns updates of the ranges in the selection, one for each level with a newer version, then those of all ranges of
 * the file. If the selection is among dependencies but on none, or the client asked for this kind of action, includes
 * those of the workspace.
 */
export async function updateActions(server: ServerState, place: UpdatePlace): Promise<CodeAction[]> {
  const { uri, snapshot, params, invoked } = place;
  const owner = snapshot.projectOf(uri);
  const file = owner?.files.get(uri);
  const ranges = owner === undefined || file === undefined ? [] : declaredRanges(owner.project, file);
  if (owner === undefined || file === undefined || ranges.length === 0) return [];
  const selection = {
    start: server.proto.offset(uri, params.range.start, file.text),
    end: server.proto.offset(uri, params.range.end, file.text),
  };
  const touched = ranges.filter(({ span }) => overlaps(span, selection));
  const alone = touched.length > MOST_ALONE ? [] : touched;
  const ofEach = await Promise.all(alone.map((range) => actionsOf(server, owner, range, place)));
  const actions = ofEach.flat();
  const named = params.context.only?.some((kind) => kind.startsWith(OWN_KIND)) === true;
  const isAmong = named || touched.length > 0 || isAmongDependencies(file, selection);
  const isOpen = ranges.some(({ target }) => owner.facts.packument(target).state !== 'unavailable');
  if (!invoked || !isAmong || !isOpen) return actions;
  for (const { level, words, files } of offeredLevels(server, owner, updatableRanges(owner.project, file))) {
    const where = files.length === 0 ? nameOf(uri) : describeFiles(files);
    const title = `Update ${words} in ${where} (${LEVEL_WORDS[level]})`;
    actions.push(...updateAll(server, title, { scope: 'file', uri: server.proto.uri(uri), level }));
  }
  if (touched.length > 0 && !named) return actions;
  for (const level of UPDATE_LEVELS) {
    const title = `Update all in the workspace (${LEVEL_WORDS[level]})`;
    actions.push(...updateAll(server, title, { scope: 'workspace', level }));
  }
  return actions;
}

/** Checks whether the selection is at a section of a manifest; files with catalogs contain little else. */
function isAmongDependencies(file: CheckedFile, selection: Span): boolean {
  if (file.kind !== 'manifest') return true;
  return file.sections.some(({ keySpan, span }) =>
    overlaps({ start: keySpan.start, end: span.end }, selection),
  );
}

function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

interface OfferedLevel {
  readonly level: UpdateLevel;
  /** "all", or the number if known. */
  readonly words: string;
  /** The files that would change, such as those of catalogs; empty while unknown. */
  readonly files: readonly Uri[];
}

/**
 * Returns the levels that would change something in a file, each beyond the one below it; all of them while
 * that is unknown.
 */
function offeredLevels(
  server: ServerState,
  { project, facts, advisories }: ProjectSnapshot,
  ranges: readonly DeclaredRange[],
): readonly OfferedLevel[] {
  const context = offerContext(project, server.ports.clock.now(), advisories);
  const known: (readonly RangeUpdate[])[] = [];
  for (const range of ranges) {
    const fact = facts.packument(range.target);
    if (fact.state === 'pending') return UPDATE_LEVELS.map((level) => ({ level, words: 'all', files: [] }));
    const offer = fact.state === 'ready' ? updateOffer(range, fact.value, context) : undefined;
    if (offer !== undefined) known.push(updatesOf(range, offer));
  }
  const levels: OfferedLevel[] = [];
  let before = '';
  for (const level of UPDATE_LEVELS) {
    const chosen = known
      .map((updates) => largestUpTo(updates, level))
      .filter((update) => update !== undefined);
    const texts = JSON.stringify(chosen.map(({ token, text }) => [token, text]));
    const count = new Set(chosen.map(({ token: { uri, span } }) => `${uri} ${span.start}`)).size;
    const words = count === 1 ? '1 range' : `${count} ranges`;
    const files = chosen.map(({ token }) => token.uri);
    if (count > 0 && texts !== before) levels.push({ level, words, files });
    before = texts;
  }
  return levels;
}

async function actionsOf(
  server: ServerState,
  { project, facts, advisories }: ProjectSnapshot,
  range: DeclaredRange,
  { snapshot, invoked, signal }: UpdatePlace,
): Promise<CodeAction[]> {
  const fact = invoked
    ? await server.session.packument(project, range.target, { signal, patienceMs: PATIENCE_MS })
    : facts.packument(range.target);
  if (fact.state !== 'ready') return invoked ? notKnown(server, range, fact) : [];
  const offer = updateOffer(range, fact.value, offerContext(project, server.ports.clock.now(), advisories));
  if (offer === undefined) return [];
  return updatesOf(range, offer).map((update) => ({
    title: updateTitle(update),
    kind: UPDATE_KIND,
    edit: server.proto.workspaceEdit({ edits: editsOf([update], (uri) => snapshot.textOf(uri)) }, snapshot),
  }));
}

/** Returns a disabled action with a reason, for clients that show those. */
function notKnown(
  { abilities }: ServerState,
  { name, target }: DeclaredRange,
  fact: Exclude<Fact<Packument>, { readonly state: 'ready' }>,
): CodeAction[] {
  if (!abilities.disabledActions) return [];
  const reason =
    fact.state === 'unavailable'
      ? `Newer versions of ${target} are not known: ${fact.detail}.`
      : fact.state === 'absent'
        ? `Its registry has no package ${target}.`
        : `The registry of ${target} has not answered yet.`;
  return [{ title: `Update ${name}`, kind: UPDATE_KIND, disabled: { reason } }];
}

function updateAll(server: ServerState, title: string, request: UpdateRequest): CodeAction[] {
  const command = commandOf(server, title, request);
  return command === undefined ? [] : [{ title, kind: UPDATE_KIND, command }];
}
