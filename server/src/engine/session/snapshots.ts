import { type PopularNames, popularNamesIn } from '../../core/know/identity/popular-names.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import type { InstallState } from '../../core/read/project/install-state.ts';
import type { AskedRange } from '../../core/read/project/project.ts';
import type { Usage } from '../../core/read/project/usage.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { AdvisorySources } from '../advisories/advisory-sources.ts';
import type { Comparison } from '../base/comparison.ts';
import type { Ports } from '../ports.ts';
import { buildProject } from '../projects/build-project.ts';
import type { BuiltProject } from '../projects/built-project.ts';
import type { FileStore } from '../projects/file-store.ts';
import { governedLockfiles } from '../projects/governed-lockfiles.ts';
import type { LoadedProjects } from '../projects/loaded-projects.ts';
import { scopeSourcesOf } from '../projects/scope-sources.ts';
import type { StartedCodeReader } from '../projects/started-code.ts';
import type { Snapshot } from '../session.ts';
import { createSnapshot, type SnapshotProject } from '../snapshot.ts';
import type { Units } from '../units/units.ts';
import type { Changes } from './changes.ts';
import type { Configuration } from './configuration.ts';
import type { FileWants } from './file-wants.ts';
import type { InstalledLicenses } from './installed-licenses.ts';
import type { ReadCode } from './new-code.ts';
import type { ProjectQuestions } from './project-questions.ts';

/** The present snapshot of a session. */
export interface Snapshots {
  /** The same one until something changes. */
  current(): Snapshot;
  /** See `Session.askAbout`. */
  askedRanges: ReadonlyMap<Uri, AskedRange> | undefined;
  /** See `Project.usage`. */
  usage: Usage | undefined;
  /** See `Project.installState`, by the root of the project. */
  installStates: ReadonlyMap<Uri, InstallState>;
}

export interface SnapshotSource {
  readonly ports: Ports;
  readonly store: FileStore;
  readonly projects: Pick<LoadedProjects, 'all' | 'isWhole'>;
  readonly configuration: Configuration;
  readonly changes: Changes;
  readonly comparison: Comparison;
  readonly startedCode: Pick<StartedCodeReader, 'of' | 'keepOnly'>;
  readonly readCode: ReadCode;
  readonly installedLicenses: Pick<InstalledLicenses, 'of' | 'keepOnly'>;
  readonly advisorySources: AdvisorySources;
  readonly units: Units;
  readonly wants: FileWants;
  readonly factsOf: ProjectQuestions['factsOf'];
}

const NO_RANGE: AskedRange = { from: 0, to: 0 };

export function createSnapshots(source: SnapshotSource): Snapshots {
  const { ports, changes, projects, store, units, wants } = source;
  const { comparison, startedCode, installedLicenses, configuration, advisorySources, factsOf } = source;
  let built: ReadonlyMap<Uri, BuiltProject> = new Map();
  let scopes: ReturnType<typeof scopeSourcesOf> | undefined;
  let popular: PopularNames | undefined;
  let taken: { readonly snapshot: Snapshot; readonly hour: number } | undefined;
  let askedRanges: Snapshots['askedRanges'];
  let usage: Snapshots['usage'];
  let installStates: Snapshots['installStates'] = new Map();

  /** Builds all loaded projects from their files; unchanged projects keep their object. */
  function build(): readonly SnapshotProject[] {
    const all = projects.all();
    const { settings, trustedFolders, settingsFor } = configuration;
    const { policyFile } = settings;
    scopes = scopeSourcesOf(all, store, scopes);
    const withPackages = all.filter(({ hasOnlyAutomation }) => !hasOnlyAutomation);
    const governed = governedLockfiles({
      projects: withPackages,
      store,
      policyFile,
      isWhole: projects.isWhole,
    });
    const common = { store, settings, trustedFolders, ports, scopes, committed: comparison.committed };
    const next = all.map((found) => {
      const { root } = found;
      const own = { found, previous: built.get(root), governed: governed.get(root) };
      const askedRange = askedRanges?.get(root) ?? (askedRanges && NO_RANGE);
      const since = {
        base: comparison.baseOf(root),
        startedCode: startedCode.of(root),
        newCode: source.readCode.of(root),
        installedLicenses: installedLicenses.of(root),
      };
      const now = buildProject({
        ...common,
        ...own,
        ...since,
        usage,
        askedRange,
        installState: installStates.get(root),
      });
      const advisories = advisorySources.of(now.project, now.files, settingsFor(now.project));
      return { found, built: now, facts: factsOf(now.project), advisories };
    });
    built = new Map(next.map((project) => [project.found.root, project.built]));
    return next;
  }

  function keepOnly(present: readonly SnapshotProject[]): void {
    const lockfiles = present.flatMap(({ found }) => found.lockfiles.map(({ uri }) => uri));
    const files = new Set(present.flatMap(({ built }) => [...built.files.keys()]));
    advisorySources.keepOnly(new Set(built.keys()));
    comparison.committed.keepOnly(new Set(lockfiles));
    startedCode.keepOnly(new Set(built.keys()));
    installedLicenses.keepOnly(new Set(built.keys()));
    units.keepOnly(files);
    units.primaries.keepOnly(new Set(built.keys()));
    wants.keepOnly(files);
  }

  function take(hour: number): Snapshot {
    popular ??= popularNamesIn(ports.popularNames());
    const present = build();
    keepOnly(present);
    return createSnapshot({
      revision: changes.revision,
      projects: present,
      popular,
      texts: store.view(),
      settings: configuration.settings,
      ports,
      units,
      today: dayOf(hour),
      hour,
      onWanted: wants.checked,
    });
  }

  return {
    get askedRanges() {
      return askedRanges;
    },
    set askedRanges(ranges) {
      askedRanges = ranges;
    },
    get usage() {
      return usage;
    },
    set usage(next) {
      usage = next;
    },
    get installStates() {
      return installStates;
    },
    set installStates(next) {
      installStates = next;
    },
    current() {
      const hour = hourOf(ports.clock.now());
      const isCurrent = taken?.snapshot.revision === changes.revision;
      // A new hour is a change as well: what was put off may be due, and what was too new may be old enough.
      if (isCurrent && taken?.hour !== hour) changes.note();
      if (taken?.snapshot.revision !== changes.revision) taken = { snapshot: take(hour), hour };
      return taken.snapshot;
    },
  };
}

/** Returns the instant with which its hour began, in UTC. */
function hourOf(instant: number): number {
  return instant - (instant % 3_600_000);
}
