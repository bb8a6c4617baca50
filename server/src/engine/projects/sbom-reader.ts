import type { SbomFile } from '../../core/read/sbom/sbom-file.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';

type SbomModule = typeof import('../../core/show/sbom/make-sbom.ts');

let loaded: SbomModule | undefined;
let loading: Promise<void> | undefined;

/** Loads the reader and the writers once per process. Without them, bills of materials are not compared. */
export function loadSbomReader(): Promise<void> {
  loading ??= import('../../core/show/sbom/make-sbom.ts').then(
    (module) => {
      loaded = module;
    },
    () => undefined,
  );
  return loading;
}

/** Returns undefined until such a file was found: most projects have none. */
export function readComparedSbom(uri: Uri, text: string): SbomFile | undefined {
  return loaded?.readSbom(uri, text);
}
