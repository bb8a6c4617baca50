import type { Capability, Sign } from './capability.ts';
import type { CapabilityEntry, RecordedSign } from './record.ts';

/** A sign with where it is. */
export interface PlacedSign extends RecordedSign {
  readonly isLoaded: boolean;
  readonly isInstall: boolean;
}

export interface Recorder {
  add(capability: Capability, detail: string, file: string, line: number): void;
  sign(
    sign: Sign,
    file: string,
    line: number,
    when: { readonly isLoaded: boolean; readonly isInstall: boolean },
  ): void;
  entries(): readonly CapabilityEntry[];
  all(): readonly PlacedSign[];
}

/** Collects what is found in the files of a package. */
export function createRecorder(): Recorder {
  const entries = new Map<string, CapabilityEntry>();
  const signs: PlacedSign[] = [];
  return {
    add(capability, detail, file, line) {
      const key = `${capability} ${detail}`;
      if (!entries.has(key)) entries.set(key, { capability, detail, file, line });
    },
    sign: (sign, file, line, when) => signs.push({ sign, file, line, ...when }),
    entries: () => [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
    all: () => signs,
  };
}
