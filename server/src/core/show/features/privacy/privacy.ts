import { type AskSettings, askProject, askStatistics } from '../../../know/registry/access/ask-project.ts';
import { type AskDenial, NOT_FROM_REGISTRY } from '../../../know/registry/access/may-ask.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { RegistryChoice } from '../../../read/config/npm/npm-config.ts';
import type { Project } from '../../../read/project/project.ts';
import { isWithin, type Uri } from '../../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../../read/text/paths/web-url.ts';
import { registryFacts, settingPlace } from '../describe-registry.ts';
import { type DecidingFiles, type DecidingLine, denyingLine } from './deciding-place.ts';
import { type UsedName, usedNames } from './used-names.ts';

/** A registry, what configured it, and the names it may be asked for. Sorted, as are all lists of names here. */
export interface PrivacyDestination {
  /** Without credentials. */
  readonly address: string;
  readonly kind: 'public' | 'mirror' | 'private';
  /** The line and file, variable or default that configured it: "npm's default", ".npmrc line 2". */
  readonly because: string;
  readonly decidedAt: DecidingLine | undefined;
  /** Named by a manifest, a catalog or an override. */
  readonly declared: readonly string[];
  /** Named only by the lockfile. */
  readonly locked: readonly string[];
}

/** A name that is sent nowhere, with the reason as a clause. */
export interface KeptName {
  readonly name: string;
  readonly reason: UnavailableReason;
  readonly by: AskDenial | undefined;
  readonly detail: string;
  readonly decidedAt: DecidingLine | undefined;
}

/** What would be sent where about one project. */
export interface ProjectPrivacy {
  readonly root: Uri;
  readonly manager: Project['manager']['name'];
  /** The public registry and its mirrors first, then those with the most names. */
  readonly destinations: readonly PrivacyDestination[];
  /** The service that counts downloads for the public registry; undefined if no name goes there. */
  readonly statistics: { readonly address: string; readonly names: readonly string[] } | undefined;
  /** The OSV service, if the user enabled it; it receives the same names, with the locked versions. */
  readonly osv: { readonly address: string; readonly names: readonly string[] } | undefined;
  readonly kept: readonly KeptName[];
}

export interface PrivacyQuestion extends DecidingFiles {
  readonly project: Project;
  /** Paths are relative to it, if the project lies below. */
  readonly base: Uri;
  readonly settings: AskSettings;
  /** The URL of the public registry's statistics, if known. */
  readonly statistics: string | undefined;
  /** The URL of the OSV service, if the user enabled it. */
  readonly osv?: string | undefined;
}

/** Returns which names of a project may be sent where, using the decision that every request uses. Sends nothing. */
export function projectPrivacy(question: PrivacyQuestion): ProjectPrivacy {
  const { project, files, settings, statistics, osv } = question;
  const base = isWithin(question.base, project.root) ? question.base : project.root;
  const destinations = new Map<string, OpenDestination>();
  const kept: KeptName[] = [];
  const counted: string[] = [];
  for (const used of withMembers(project, usedNames(project, files))) {
    const { name, declared, served } = used;
    const keep = (by: AskDenial | undefined, reason: UnavailableReason, detail: string) => {
      kept.push({ name, reason, by, detail, decidedAt: denyingLine(project, question, used, by) });
    };
    const { registry, permission } = askProject(project, name, settings);
    const isMember = !permission.allowed && permission.by === 'workspace-member';
    if (served === undefined && !isMember) {
      keep('not-from-registry', 'elsewhere', NOT_FROM_REGISTRY);
    } else if (!permission.allowed) {
      keep(permission.by, permission.reason, permission.detail);
    } else {
      const found = destinationOf(project, registry, name, { base, destinations });
      (declared ? found.declared : found.locked).push(name);
      if (askStatistics(project, name, settings).allowed) counted.push(name);
    }
  }
  const kinds = ['public', 'mirror', 'private'];
  const sorted = [...destinations.values()].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || size(b) - size(a),
  );
  return {
    root: project.root,
    manager: project.manager.name,
    destinations: sorted,
    statistics:
      statistics === undefined || counted.length === 0 ? undefined : { address: statistics, names: counted },
    osv: osv === undefined || counted.length === 0 ? undefined : { address: osv, names: counted },
    kept,
  };
}

/** Adds the project's own packages, even if nothing depends on them: their names are the most private ones. */
function withMembers({ memberNames }: Project, used: readonly UsedName[]): readonly UsedName[] {
  const known = new Set(used.map(({ name }) => name));
  const others = [...memberNames].filter((name) => !known.has(name));
  const members = others.map((name) => ({ name, declared: true, served: undefined, elsewhere: undefined }));
  return [...used, ...members].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface OpenDestination extends PrivacyDestination {
  readonly declared: string[];
  readonly locked: string[];
}

function destinationOf(
  { npmConfig }: Project,
  registry: RegistryChoice,
  name: string,
  { base, destinations }: { readonly base: Uri; readonly destinations: Map<string, OpenDestination> },
): OpenDestination {
  const { kind } = registryFacts(npmConfig, registry, name, base);
  // For a default, the note that a scope has no mapping applies to only some of the names.
  const { because } = registryFacts(npmConfig, registry, registry.scope === undefined ? '' : name, base);
  const key = `${registry.url}\n${because}`;
  const known = destinations.get(key);
  const found: OpenDestination = known ?? {
    ...{ address: redactUserinfo(registry.url), kind, because, declared: [], locked: [] },
    decidedAt: settingPlace(npmConfig, registry.source),
  };
  destinations.set(key, found);
  return found;
}

function size({ declared, locked }: PrivacyDestination): number {
  return declared.length + locked.length;
}
