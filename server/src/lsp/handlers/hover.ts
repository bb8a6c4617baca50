import {
  type CancellationToken,
  type Hover,
  type HoverParams,
  type MarkupContent,
  MarkupKind,
} from 'vscode-languageserver';
import { mayHaveScript } from '../../core/know/facts/locked-scripts.ts';
import { NOTHING_KNOWN } from '../../core/know/facts/package-facts.ts';
import { isSettingsFile } from '../../core/read/config/setting-lines.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { StartedFile } from '../../core/read/project/started-code.ts';
import type { Span } from '../../core/read/text/span.ts';
import type { HoverCard } from '../../core/show/features/hover/card.ts';
import { type CommandLink, hoverMarkdown, hoverPlainText } from '../../core/show/features/hover/card-text.ts';
import { hover } from '../../core/show/features/hover/hover.ts';
import { policyHover } from '../../core/show/features/hover/policy-hover.ts';
import { scriptHover } from '../../core/show/features/hover/script-hover.ts';
import { hoverTarget } from '../../core/show/features/hover/target.ts';
import { settingHover } from '../../core/show/features/settings/setting-hover.ts';
import type { FilesPort } from '../../engine/ports.ts';
import { installedScripts } from '../../engine/projects/installed-scripts.ts';
import { startedByPackages } from '../../engine/projects/started-code.ts';
import { signalOf } from '../abort-signal.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import { hoverLinks } from '../hover-links.ts';
import type { ServerState } from '../server-state.ts';

/** A slower request continues; the card says that the answer is pending. */
const PATIENCE_MS = 800;

/**
 * Handles hover: the card of the dependency under the cursor, from the project's files and, in time, from its registry.
 */
export function handleHover(server: ServerState): void {
  const { session } = server;
  const answer = async (
    { textDocument, position }: HoverParams,
    token: CancellationToken,
  ): Promise<Hover | null> => {
    const document = await checkedDocument(server, textDocument.uri, token, { advisories: true });
    if (document === undefined) return null;
    const { uri, file, owner, snapshot: before } = document;
    const offset = server.proto.offset(uri, position, file.text);
    const shownAlone = (entry: { readonly span: Span; readonly card: HoverCard } | undefined) =>
      entry === undefined
        ? null
        : { contents: contentsOf(server, entry.card), range: server.proto.range(uri, entry.span, before) };
    if (file.kind === 'policy') {
      const entry = policyHover(file, offset, {
        project: owner.project,
        advisories: owner.advisories,
        today: dayOf(server.ports.clock.now()),
      });
      return shownAlone(entry);
    }
    const target = hoverTarget(owner.project, file, offset);
    if (target === undefined) {
      if (isSettingsFile(file))
        return shownAlone(settingHover(file, offset, owner.project, server.ports.clock.now()));
      return file.kind === 'manifest'
        ? shownAlone(scriptHover(file, offset, owner.project.startedCode.own.get(uri)))
        : null;
    }

    const isServed = target.elsewhere === undefined;
    const version = target.entry?.version?.value;
    const options = { signal: signalOf(token), patienceMs: PATIENCE_MS };
    const known = isServed
      ? await session.packageFacts(owner.project, target.target, version, options)
      : NOTHING_KNOWN;
    const started = await startedBy(target.entry, owner.project, server.ports.files);
    const code =
      target.entry === undefined || !isServed
        ? undefined
        : await inTime(server, session.codeOf(owner.project, target.entry));
    if (token.isCancellationRequested) return null;
    const { findings, provisional, notChecked } = before.diagnose(uri);
    const isMissed = notChecked.some(({ packages }) => packages.includes(target.target));
    const shown = hover(target, {
      project: owner.project,
      uri,
      known,
      code,
      advisories: owner.advisories,
      findings,
      started,
      allChecked: !provisional && !isMissed,
      cursor: server.abilities.showsFindings ? offset : undefined,
      now: server.ports.clock.now(),
    });
    const links = hoverLinks(server, document, target, known);
    return {
      contents: contentsOf(server, shown.card, links),
      range: server.proto.range(uri, shown.span, before),
    };
  };
  server.connection.onHover(guardRequest(server.log, 'textDocument/hover', null, answer));
}

/** Reads the files that the install scripts of an installed package start. */
async function startedBy(
  entry: LockEntry | undefined,
  project: Project,
  files: FilesPort,
): Promise<readonly StartedFile[]> {
  if (entry === undefined || project.lockfile === undefined || !mayHaveScript(entry, project.lockfile))
    return [];
  const installed = await installedScripts(files, project, [entry]);
  return (await startedByPackages(files, installed)).get(entry) ?? [];
}

/** Waits no longer than for registries; the next hover shows what came later. */
async function inTime<T>({ ports }: ServerState, answer: Promise<T>): Promise<T | undefined> {
  const { wait } = ports.clock;
  if (wait === undefined) return answer;
  const late = wait(PATIENCE_MS, undefined).then(() => undefined);
  return Promise.race([answer.catch(() => undefined), late]);
}

function contentsOf(
  { abilities }: ServerState,
  card: HoverCard,
  links: readonly CommandLink[] = [],
): MarkupContent {
  const { markdownHover, hoverIcons: icons } = abilities;
  return markdownHover
    ? { kind: MarkupKind.Markdown, value: hoverMarkdown(card, { icons, links }) }
    : { kind: MarkupKind.PlainText, value: hoverPlainText(card) };
}
