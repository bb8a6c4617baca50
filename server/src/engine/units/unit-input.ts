import type { Facts } from '../../core/judge/check/rule.ts';
import type { Advisories } from '../../core/know/advisory/advisories.ts';
import type { PopularNames } from '../../core/know/identity/popular-names.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { EngineSettings } from '../settings.ts';

/** The input of one unit of work: a file within its project. */
export interface UnitInput {
  readonly uri: Uri;
  readonly file: CheckedFile;
  readonly project: Project;
  readonly facts: Facts;
  readonly popular: PopularNames;
  readonly advisories: Advisories;
  readonly settings: EngineSettings;
  /** `YYYY-MM-DD`, as ignores expire. */
  readonly today: string;
  /** The start of the current hour, in milliseconds since 1970, as the age of versions matters. */
  readonly hour: number;
  /** Identifies the snapshot, within which nothing changes. */
  readonly moment: object;
  text(uri: Uri): string | undefined;
}
