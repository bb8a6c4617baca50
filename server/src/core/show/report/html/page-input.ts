import type { CapabilityRecord } from '../../../know/capabilities/record.ts';
import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import type { DependencyGraph } from '../../../read/graph/dependency-graph.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Severity } from '../../../read/text/finding.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { JsonEnding } from '../check/json.ts';
import type { Report, ReportedProject } from '../check/report.ts';
import type { ScriptsReport } from '../scripts/scripts-report.ts';
import type { PageHost } from './page-document.ts';

/** A project of the report, with what its lockfile and the answers of its registries show. */
export interface PageProject {
  readonly root: Uri;
  readonly kind: ReportedProject['kind'];
  readonly name: string | undefined;
  /** The lockfile that its package manager reads, if any of it could be read. */
  readonly graph: DependencyGraph | undefined;
  readonly scripts: ScriptsReport;
  /** Returns the license that the lockfile or the installed package states. */
  licenseOf(entry: LockEntry): string | undefined;
  /** What the code of packages can do, for those of which it is known. */
  readonly codes: ReadonlyMap<LockEntry, CapabilityRecord>;
  /** Looks up what is known. Never asks for it. */
  packument(name: string): Fact<Packument>;
}

/** Everything that the page shows. */
export interface PageInput {
  readonly report: Report;
  readonly ending: JsonEnding;
  readonly failOn: Severity | 'never';
  readonly projects: readonly PageProject[];
  /** Returns the owners of a file by CODEOWNERS; undefined if the repository has none. */
  readonly ownersOf?: ((uri: Uri) => readonly string[]) | undefined;
  /** The name of the checked folder. */
  readonly folder: string;
  /** When the page is made, in milliseconds since 1970: ages are relative to it. */
  readonly now: number;
  readonly version: string;
  readonly host: PageHost;
}
