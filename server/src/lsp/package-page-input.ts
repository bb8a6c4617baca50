import type { CapabilityRecord } from '../core/know/capabilities/record.ts';
import { NOTHING_KNOWN, type PackageFacts } from '../core/know/facts/package-facts.ts';
import type { Packument } from '../core/know/registry/documents/packument.ts';
import { scriptVerdict } from '../core/know/scripts/script-verdict.ts';
import { buildGraph } from '../core/read/graph/build-graph.ts';
import { findNodes } from '../core/read/graph/find-nodes.ts';
import { graphOptionsOf } from '../core/read/project/graph-options-of.ts';
import { SEVERITIES } from '../core/read/text/finding.ts';
import { indexLines } from '../core/read/text/lines/line-index.ts';
import { registryFacts } from '../core/show/features/describe-registry.ts';
import {
  ascending,
  chooseSubject,
  exactVersion,
  updateCandidate,
} from '../core/show/report/package-page/choose-subject.ts';
import type {
  PackagePageInput,
  PageScripts,
  PlacedFinding,
  ScriptText,
} from '../core/show/report/package-page/package-input.ts';
import type { AbortSignalLike } from '../engine/ports.ts';
import { installedScripts } from '../engine/projects/installed-scripts.ts';
import { startedByPackages } from '../engine/projects/started-code.ts';
import type { ProjectSnapshot } from '../engine/session.ts';
import type { PackageSubject } from './package-subject.ts';
import { pageAdvisories } from './page-advisories.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';
import type { EditorHost } from './web-page.ts';

/** A slower request continues, and the page says that the answer is pending. */
const PATIENCE_MS = 8000;
/** Larger packages are not read while somebody waits. */
const MOST_CODE = 2_000_000;
const MOST_TEXTS = 3;
const LONGEST_TEXT = 16_000;

export interface PageOptions {
  readonly verify: boolean;
  readonly signal: AbortSignalLike;
}

/** Collects everything that the page of a package shows. */
export async function packagePageInput(
  server: ServerState,
  host: EditorHost,
  subject: PackageSubject,
  options: PageOptions,
): Promise<PackagePageInput> {
  const { owner, name, elsewhere, entry } = subject;
  const { project } = owner;
  const now = server.ports.clock.now();
  const entries = project.lockfile?.entries.filter((each) => each.name === name) ?? [];
  const locked = ascending(new Set(entries.flatMap(({ version }) => version?.value ?? [])));
  const verified =
    options.verify && elsewhere === undefined ? await verify(server, subject, options) : undefined;
  const known = verified?.known ?? (await factsOf(server, subject, options));
  const packument = known.packument.state === 'ready' ? known.packument.value : undefined;
  const chosen = chooseSubject({ asked: subject.asked, own: entry?.version?.value }, packument, locked);
  const version = chosen?.version;
  const own = entries.find((each) => each.version?.value === version) ?? entry;
  const candidate =
    packument === undefined || version === undefined || !locked.includes(version)
      ? undefined
      : updateCandidate(owner, packument, version, now);
  const graph =
    project.lockfile === undefined
      ? undefined
      : buildGraph(project.lockfile, graphOptionsOf(owner, project.lockfile.uri));
  const code = await codeOf(server, subject, own, { packument, candidate });
  return {
    host,
    name,
    subject: chosen,
    locked,
    project: pathInFolders(project.root, server.folders),
    elsewhere,
    registry: registryFacts(project.npmConfig, project.npmConfig.registryFor(name), name, project.root),
    known,
    advisories: pageAdvisories(subject, { version, own, now }),
    findings: findingsOf(server, owner, name, version),
    graph,
    nodes: graph === undefined || version === undefined ? [] : findNodes(graph, { name, version }),
    candidate,
    ...code,
    scripts: await scriptsOf(server, subject, own),
    verification: verified?.card,
    now,
    version: server.version,
  };
}

async function factsOf(
  server: ServerState,
  subject: PackageSubject,
  { signal }: PageOptions,
): Promise<PackageFacts> {
  const { owner, name, entry, asked, elsewhere } = subject;
  if (elsewhere !== undefined) return NOTHING_KNOWN;
  const options = { signal, patienceMs: PATIENCE_MS };
  const version = entry?.version?.value ?? exactVersion(asked);
  return server.session.packageFacts(owner.project, name, version, options);
}

async function verify(
  server: ServerState,
  { owner, name, entry, asked }: PackageSubject,
  { signal }: PageOptions,
) {
  const { verifyPackage, verifyCard } = await import('../engine/verify/verify.ts');
  const { session, ports } = server;
  const { online } = server.clientSettings;
  const found = await verifyPackage(
    { name, asked: asked ?? entry?.version?.value, project: owner.project },
    { session, ports, online, signal },
  );
  const { packument, downloads, signature, provenance } = found;
  const known: PackageFacts = { packument, downloads, signature, provenance };
  return { known, card: verifyCard(found) };
}

async function codeOf(
  { ports }: ServerState,
  { owner, name, elsewhere }: PackageSubject,
  entry: PackageSubject['entry'],
  {
    packument,
    candidate,
  }: { readonly packument: Packument | undefined; readonly candidate: string | undefined },
): Promise<{
  readonly code: CapabilityRecord | undefined;
  readonly candidateCode: CapabilityRecord | undefined;
}> {
  const version = entry?.version?.value;
  if (version === undefined || elsewhere !== undefined) return { code: undefined, candidateCode: undefined };
  const { knownRecord, recordOfInstalled } = await import('../engine/inspect/inspect.ts');
  const own = { name, version, integrity: entry?.integrity?.value };
  const code =
    (await recordOfInstalled(owner.project, own, ports, MOST_CODE)) ?? (await knownRecord(own, ports));
  const integrity =
    candidate === undefined ? undefined : packument?.versions.get(candidate)?.proof?.integrity;
  const candidateCode =
    candidate === undefined ? undefined : await knownRecord({ name, version: candidate, integrity }, ports);
  return { code, candidateCode };
}

/** Returns the findings on a version, and on what pulls it in if they are about it. */
function findingsOf(
  { session, folders }: ServerState,
  { files }: ProjectSnapshot,
  name: string,
  version: string | undefined,
): readonly PlacedFinding[] {
  const snapshot = session.snapshot();
  const isSame = (other: string | undefined) =>
    other === undefined || version === undefined || other === version;
  const placed = [...files.keys()].flatMap((uri) => {
    const found = snapshot
      .diagnose(uri)
      .findings.filter(
        (finding) =>
          (finding.package === name && isSame(finding.version)) ||
          finding.advisories?.some((each) => each.package === name && isSame(each.version)),
      );
    if (found.length === 0) return [];
    const lines = indexLines(snapshot.textOf(uri) ?? '');
    const path = pathInFolders(uri, folders);
    return found.map((finding) => ({ finding, uri, path, ...lines.positionAt(finding.span.start) }));
  });
  const rank = ({ finding }: PlacedFinding) => SEVERITIES.indexOf(finding.severity);
  return placed.sort((a, b) => rank(a) - rank(b));
}

async function scriptsOf(
  { ports }: ServerState,
  { owner, name, elsewhere }: PackageSubject,
  entry: PackageSubject['entry'],
): Promise<PageScripts> {
  const { project } = owner;
  const verdict = scriptVerdict(project, name, entry);
  const isRecorded = entry?.hasInstallScript === true || project.lockfile?.recordsInstallScripts === true;
  const locked = isRecorded ? entry?.hasInstallScript : undefined;
  const nothing = { locked, verdict, installed: undefined, started: [], texts: [] };
  if (entry === undefined || elsewhere !== undefined) return nothing;
  const installed = await installedScripts(ports.files, project, [entry]);
  const own = installed.get(entry);
  if (own === undefined) return nothing;
  const started = (await startedByPackages(ports.files, installed)).get(entry) ?? [];
  const texts: ScriptText[] = [];
  for (const { uri, path } of started.slice(0, MOST_TEXTS)) {
    const read = await ports.files.read(uri);
    if (read.type !== 'text') continue;
    texts.push({ uri, path, text: read.text.slice(0, LONGEST_TEXT), isCut: read.text.length > LONGEST_TEXT });
  }
  return { locked, verdict, installed: own.scripts, started, texts };
}
