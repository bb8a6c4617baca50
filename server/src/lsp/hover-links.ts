import { updatableRanges } from '../core/judge/remedy/declared-range.ts';
import { offerContext } from '../core/judge/remedy/update-offer.ts';
import type { PackageFacts } from '../core/know/facts/package-facts.ts';
import { destinationOf, placeOfDestination } from '../core/show/features/destination.ts';
import { declaredVersion } from '../core/show/features/hover/advisory-facts.ts';
import type { CommandLink } from '../core/show/features/hover/card-text.ts';
import type { HoverTarget } from '../core/show/features/hover/hover-target.ts';
import { suggestedUpdate } from '../core/show/features/hover/suggested-update.ts';
import { pinnedRange } from '../core/show/features/pin-range.ts';
import type { CheckedDocument } from './checked-document.ts';
import type { CardPackage, PinRequest } from './hover-messages.ts';
import {
  CLIENT_COMMANDS,
  type ScriptPlace,
  SERVER_COMMANDS,
  type UpdateRequest,
  type VerifyParams,
} from './messages.ts';
import type { ServerState } from './server-state.ts';

/** Returns the links of a card that lead somewhere and whose commands the client trusts in cards. */
export function hoverLinks(
  server: ServerState,
  document: CheckedDocument,
  target: HoverTarget,
  known: PackageFacts,
): readonly CommandLink[] {
  const { abilities } = server;
  if (abilities.hoverCommands.size === 0) return [];
  return [...editLinks(server, document, target, known), ...packageLinks(server, document, target)].filter(
    ({ command }) => abilities.hoverCommands.has(command),
  );
}

/** Returns the links that change the declaration under the cursor. */
function editLinks(
  server: ServerState,
  { uri, file, owner, snapshot }: CheckedDocument,
  target: HoverTarget,
  { packument }: PackageFacts,
): readonly CommandLink[] {
  const { project, facts, advisories } = owner;
  const range = updatableRanges(project, file).find(
    ({ span, name }) => name === target.name && span.start === target.range.start,
  );
  if (range === undefined || !server.abilities.appliesEdits) return [];
  const { name, declared } = range;
  const now = server.ports.clock.now();
  const own = { uri: server.proto.uri(uri), name, declared };
  const links: CommandLink[] = [];
  const version =
    packument.state === 'ready'
      ? suggestedUpdate(range, packument.value, offerContext(project, now, advisories))
      : undefined;
  if (version !== undefined) {
    const argument: UpdateRequest = { scope: 'range', ...own, version };
    links.push({ title: `Update to ${version}`, command: SERVER_COMMANDS.update, argument });
  }
  const pinned = pinnedRange(range, file, { project, facts, advisories, now, text: snapshot.textOf });
  if (pinned !== undefined) {
    const argument: PinRequest = own;
    links.push({ title: 'Pin', command: SERVER_COMMANDS.pin, argument });
  }
  return links;
}

/** Returns the links about the package, wherever it is named. */
function packageLinks(
  { proto }: ServerState,
  { uri, file, owner, snapshot }: CheckedDocument,
  target: HoverTarget,
): readonly CommandLink[] {
  const { entry, elsewhere } = target;
  const { lockfile } = owner.project;
  const version = entry === undefined ? declaredVersion(target) : entry.version?.value;
  const question: CardPackage = {
    package: target.target,
    ...(version === undefined ? {} : { version }),
    uri: proto.uri(uri),
  };
  const links: CommandLink[] = [];
  if (entry !== undefined && lockfile?.recordsEdges === true) {
    links.push({ title: 'Why', command: CLIENT_COMMANDS.showWhy, argument: question });
  }
  if (elsewhere === undefined) {
    const asked = version === undefined ? target.target : `${target.target}@${version}`;
    const argument: VerifyParams = { package: asked, uri: proto.uri(uri) };
    links.push({ title: 'Verify', command: CLIENT_COMMANDS.verifyPackage, argument });
  }
  if (entry !== undefined && lockfile !== undefined && file.kind !== 'lockfile') {
    const destination = destinationOf(owner.project, lockfile, entry);
    const place = placeOfDestination(destination, owner.files);
    const { start } = proto.range(place.uri, place.selection, snapshot);
    const title = destination.type === 'member' ? 'Manifest' : 'Lockfile entry';
    const argument: ScriptPlace = { uri: proto.uri(place.uri), ...start };
    links.push({ title, command: CLIENT_COMMANDS.openPlace, argument });
  }
  if (elsewhere === undefined) {
    links.push({ title: 'Package page', command: CLIENT_COMMANDS.openPackagePage, argument: question });
  }
  return links;
}
