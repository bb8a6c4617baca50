import type { Finding } from '../core/finding.ts';
import type { PopularNames } from '../core/identity/popular-names.ts';
import { ignoreFix } from '../core/policy/ignore-fix.ts';
import type { Uri } from '../core/text/uri.ts';
import type { BuiltProject } from './build-project.ts';
import { dayOf } from './day.ts';
import { statusesOf } from './file-statuses.ts';
import type { FileStore } from './file-store.ts';
import type { Ports } from './ports.ts';
import type { ProjectFacts } from './project-facts.ts';
import type { ProjectFiles } from './project-files.ts';
import type { Diagnosis, ProjectSnapshot, Snapshot } from './session.ts';
import type { EngineSettings } from './settings.ts';
import type { Units } from './units.ts';

/** A project of a snapshot with what it was found and built from. */
export interface SnapshotProject {
  readonly found: ProjectFiles;
  readonly built: BuiltProject;
  readonly facts: ProjectFacts;
}

export interface SnapshotInput {
  readonly revision: number;
  readonly projects: readonly SnapshotProject[];
  readonly popular: PopularNames;
  readonly store: FileStore;
  readonly settings: EngineSettings;
  readonly ports: Ports;
  readonly units: Units;
  onWanted(project: SnapshotProject, names: readonly string[]): void;
}

/** A view of the projects as they are now; its texts are those of this moment. */
export function createSnapshot(input: SnapshotInput): Snapshot {
  const { store, settings, ports, units } = input;
  const today = dayOf(ports.clock.now());
  const byFile = new Map<Uri, { source: SnapshotProject; snapshot: ProjectSnapshot }>();
  const projects = input.projects.map((source) => {
    let statuses: ProjectSnapshot['statuses'] | undefined;
    const snapshot: ProjectSnapshot = {
      project: source.built.project,
      files: source.built.files,
      get statuses() {
        statuses ??= statusesOf(source.found, source.built, store, ports, settings);
        return statuses;
      },
      facts: source.facts,
    };
    for (const uri of source.built.files.keys()) if (!byFile.has(uri)) byFile.set(uri, { source, snapshot });
    return snapshot;
  });
  const text = (uri: Uri) => store.textOf(uri);

  return {
    revision: input.revision,
    projects,
    popular: input.popular,
    projectOf: (uri) => byFile.get(uri)?.snapshot,
    textOf: text,
    diagnose(uri): Diagnosis {
      const owner = byFile.get(uri);
      const file = owner?.source.built.files.get(uri);
      if (owner === undefined || file === undefined) return { uri, findings: [], notChecked: [], provisional: false };
      const { project } = owner.snapshot;
      const { facts } = owner.source;
      const result = units.run({ uri, file, project, facts, popular: input.popular, settings, today, text });
      if (result.wanted.length > 0) input.onWanted(owner.source, result.wanted);
      return result;
    },
    fixesOf(finding: Finding) {
      const owner = byFile.get(finding.uri);
      if (owner === undefined) return finding.fixes();
      const { project } = owner.snapshot;
      const ignore = ignoreFix(finding, project, settings.policyFile, today, text);
      return ignore === undefined ? finding.fixes() : [...finding.fixes(), ignore];
    },
  };
}
