import type { CapabilityRecord, NewCapabilities } from '../../../know/capabilities/record.ts';

/** What is known of the code of a package. */
export interface Inspected {
  /** Its name and version, or the folder. */
  readonly subject: string;
  readonly from: 'folder' | 'installed' | 'registry';
  readonly record: CapabilityRecord;
  /** What is new against another version; undefined if there is none to compare with. */
  readonly since: { readonly subject: string; readonly found: NewCapabilities } | undefined;
  /** Why there is nothing to compare with, as a clause. */
  readonly notCompared: string | undefined;
}
