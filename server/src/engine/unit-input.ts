import type { Advisories } from '../core/advisory/advisories.ts';
import type { PopularNames } from '../core/identity/popular-names.ts';
import type { CheckedFile } from '../core/project/checked-file.ts';
import type { Project } from '../core/project/project.ts';
import type { Facts } from '../core/rules/rule.ts';
import type { Uri } from '../core/text/uri.ts';
import type { EngineSettings } from './settings.ts';

/** What one unit of work, a file within its project, needs to run. */
export interface UnitInput {
  readonly uri: Uri;
  readonly file: CheckedFile;
  readonly project: Project;
  readonly facts: Facts;
  readonly popular: PopularNames;
  readonly advisories: Advisories;
  readonly settings: EngineSettings;
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string;
  /** The start of the present hour, in milliseconds since 1970: versions grow old. */
  readonly hour: number;
  /** The snapshot that asks: within one, nothing changes. */
  readonly moment: object;
  text(uri: Uri): string | undefined;
}
