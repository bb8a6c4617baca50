import { knownAgainst } from '../core/judge/exposure/known-against.ts';
import { ignoreFix } from '../core/judge/policy/ignore-fix.ts';
import { leadsToMalware } from '../core/judge/remedy/leads-to-malware.ts';
import type { SourcedAdvisories } from '../core/know/advisory/advisories.ts';
import { type FactRequest, type Facts, factKey, watchedFacts } from '../core/know/facts/facts.ts';
import type { PopularNames } from '../core/know/identity/popular-names.ts';
import type { Fact } from '../core/know/registry/documents/fact.ts';
import { isFixtureFile } from '../core/read/project/fixture-files.ts';
import type { Finding, Fix } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Ports } from './ports.ts';
import type { BuiltProject } from './projects/built-project.ts';
import { statusesOf } from './projects/file-statuses.ts';
import type { FileView } from './projects/file-store.ts';
import { projectAt } from './projects/policies-of-files.ts';
import type { ProjectFiles } from './projects/project-files.ts';
import type { ProjectFacts } from './registry/project-facts.ts';
import type { Diagnosis, ProjectSnapshot, Snapshot } from './session.ts';
import type { EngineSettings } from './settings.ts';
import { type PrimaryFindings, primaryFindings } from './units/primary-findings.ts';
import type { UnitInput } from './units/unit-input.ts';
import type { Units } from './units/units.ts';

/** A project of a snapshot with the files and models that it was built from. */
export interface SnapshotProject {
  readonly found: ProjectFiles;
  readonly built: BuiltProject;
  readonly facts: ProjectFacts;
  readonly advisories: SourcedAdvisories;
}

/** What the check of a file requested. */
export interface Wanted {
  readonly facts: readonly FactRequest[];
  /** Whether it read the project's advisories. */
  readonly advisories: boolean;
}

export interface SnapshotInput {
  readonly revision: number;
  readonly projects: readonly SnapshotProject[];
  readonly popular: PopularNames;
  readonly texts: FileView;
  readonly settings: EngineSettings;
  readonly ports: Ports;
  readonly units: Units;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** The start of the current hour, in milliseconds since 1970. */
  readonly hour: number;
  /** Called with what the last check of a file requested and is not known yet, even if that is nothing. */
  onWanted(project: SnapshotProject, uri: Uri, wanted: Wanted): void;
}

/**
 * Creates a view of the current projects. It keeps the texts of this moment, and each fact as it was when first read.
 */
export function createSnapshot(input: SnapshotInput): Snapshot {
  const { texts, settings, ports, units, today, hour } = input;
  const byFile = new Map<Uri, Owner>();
  // Findings outlive their snapshot: this is all that they keep of it.
  const moment = {};
  const text = weakTexts(texts);
  const checked = input.projects.map((source) => {
    const snapshot = new ProjectView(source, () =>
      statusesOf(source.found, source.built, texts, ports, settings),
    );
    for (const uri of source.built.files.keys()) if (!byFile.has(uri)) byFile.set(uri, { source, snapshot });
    return snapshot;
  });

  const unitOf = (
    uri: Uri,
    { snapshot: { project, files, facts, advisories } }: Owner,
  ): UnitInput | undefined => {
    const file = files.get(uri);
    if (file === undefined) return undefined;
    const { popular } = input;
    const time = { today, hour, moment };
    return {
      uri,
      file,
      project: projectAt(project, uri),
      facts,
      advisories,
      popular,
      settings,
      ...time,
      text,
    };
  };

  const ruleFixesOf = (finding: Finding): readonly Fix[] => {
    const owner = byFile.get(finding.uri);
    const unit = owner === undefined ? undefined : unitOf(finding.uri, owner);
    if (owner === undefined || unit === undefined) return [];
    const against = knownAgainst(owner.snapshot.project, owner.snapshot.advisories);
    return units.fixesOf(finding, unit).filter((fix) => !leadsToMalware(fix, finding, against));
  };

  /** Checks whether a finding is about a package whose version here is malware, which is removed, not accepted. */
  const isOnMalware = ({ package: name, target, version, uri }: Finding, owner: Owner): boolean => {
    if (name === undefined) return false;
    const { project, advisories } = owner.snapshot;
    const { isMalware } = knownAgainst(project, advisories);
    const names = new Set([name, target ?? name]);
    if (version !== undefined && [...names].some((each) => isMalware(each, version))) return true;
    const unit = version === undefined ? unitOf(uri, owner) : undefined;
    const found = unit === undefined ? [] : units.run(unit).findings;
    return found.some(
      ({ rule, package: other, advisories: about = [] }) =>
        rule === 'malicious-version' && other === name && about.some((each) => names.has(each.package)),
    );
  };

  const primaries = new Map<ProjectSnapshot, PrimaryFindings>();
  /** Runs checks of other files only if a finding of this file is about advisories, and sends no requests for them. */
  const primariesOf = ({ source, snapshot }: Owner): PrimaryFindings => {
    let known = primaries.get(snapshot);
    if (known === undefined) {
      const { project, files, advisories } = snapshot;
      const { root, lockfile, policy } = project;
      const findingsOf = (uri: Uri) => {
        const unit = unitOf(uri, { source, snapshot });
        return unit === undefined ? [] : units.run(unit).findings;
      };
      const others = () => [advisories.knowledge ?? advisories, policy, settings, today];
      const isFixture = (uri: Uri) => isFixtureFile(project, uri);
      known = primaryFindings({ root, files, lockfile, others, isFixture }, findingsOf, units.primaries);
      primaries.set(snapshot, known);
    }
    return known;
  };

  return {
    revision: input.revision,
    projects: checked.filter((_, at) => !input.projects[at]!.found.hasOnlyAutomation),
    checked,
    popular: input.popular,
    projectOf: (uri) => byFile.get(uri)?.snapshot,
    textOf: (uri) => texts.textOf(uri),
    diagnose(uri): Diagnosis {
      const owner = byFile.get(uri);
      const unit = owner === undefined ? undefined : unitOf(uri, owner);
      if (owner === undefined || unit === undefined)
        return { uri, findings: [], notChecked: [], provisional: false, readsAdvisories: false };
      const result = units.run(unit);
      input.onWanted(owner.source, uri, { facts: result.wanted, advisories: result.readsAdvisories });
      const findings = primariesOf(owner).of(uri, result.findings);
      return findings === result.findings ? result : { ...result, findings };
    },
    fixesOf(finding) {
      const fixes = ruleFixesOf(finding);
      const owner = byFile.get(finding.uri);
      if (owner === undefined || isOnMalware(finding, owner)) return fixes;
      // An entry of the project would not count.
      if (settings.organisationPolicy !== undefined) return fixes;
      const ignore = ignoreFix(finding, owner.snapshot.project, settings.policyFile, today, texts.textOf);
      return ignore === undefined ? fixes : [...fixes, ignore];
    },
    ruleFixesOf,
  };
}

/**
 * Looks up texts for fixes without keeping all files of the workspace in memory as long as the findings of one file.
 * Only the snapshot itself asks for fixes, and it holds its texts.
 */
function weakTexts(texts: FileView): FileView['textOf'] {
  const held = new WeakRef(texts);
  return (uri) => {
    const view = held.deref();
    if (view === undefined)
      throw new Error('These fixes belong to a snapshot that is gone; ask a newer one.');
    return view.textOf(uri);
  };
}

/** A class because of its getter: a getter on an object literal would create a long-lived hidden class per snapshot. */
class ProjectView implements ProjectSnapshot {
  readonly project: ProjectSnapshot['project'];
  readonly files: ProjectSnapshot['files'];
  readonly facts: Facts;
  readonly advisories: SourcedAdvisories;
  readonly #readStatuses: () => ProjectSnapshot['statuses'];
  #statuses: ProjectSnapshot['statuses'] | undefined;

  constructor(
    { built, facts, advisories }: SnapshotProject,
    readStatuses: () => ProjectSnapshot['statuses'],
  ) {
    this.project = built.project;
    this.files = built.files;
    this.facts = cachedFacts(facts);
    this.advisories = advisories;
    this.#readStatuses = readStatuses;
  }

  get statuses(): ProjectSnapshot['statuses'] {
    this.#statuses ??= this.#readStatuses();
    return this.#statuses;
  }
}

interface Owner {
  readonly source: SnapshotProject;
  readonly snapshot: ProjectSnapshot;
}

function cachedFacts(facts: Facts): Facts {
  const known = new Map<string, Fact<unknown>>();
  return watchedFacts(facts, <T>(request: FactRequest, look: () => Fact<T>) => {
    const key = factKey(request);
    const fact = (known.get(key) as Fact<T> | undefined) ?? look();
    known.set(key, fact);
    return fact;
  });
}
