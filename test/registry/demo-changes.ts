import { createHash } from 'node:crypto';

export interface DemoManifest {
  readonly dependencies: Record<string, string>;
  overrides?: Record<string, string>;
}

export type Change = (manifest: DemoManifest) => void;

/** Manifests at the time of their lockfile, if they have changed since. */
export const EARLIER: Readonly<Record<string, Change>> = {
  'legacy-api'({ dependencies }) {
    dependencies.dotenv = '^16.4.0';
    dependencies.yallist = '^4.0.0';
  },
};

/** The changes of a manifest in two branches. Their lockfiles are merged, with conflicts as git writes them. */
export const BRANCHES: Readonly<Record<string, Readonly<Record<'base' | 'ours' | 'theirs', Change>>>> = {
  merge: {
    base(manifest) {
      manifest.dependencies.debug = '~4.1.0';
      delete manifest.dependencies.ms;
      delete manifest.overrides;
    },
    ours(manifest) {
      delete manifest.overrides;
    },
    theirs(manifest) {
      manifest.dependencies.debug = '~4.3.0';
      delete manifest.dependencies.ms;
    },
  },
};

/** Arguments of npm in addition to those of all roots. */
export const NPM_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  'old-tools': ['--lockfile-version=1'],
};

export type LockPackages = Record<
  string,
  { resolved?: string; integrity?: string; hasInstallScript?: boolean }
>;

/** Changes to a package-lock.json after npm wrote it, which npm ci installs silently. */
export const TAMPERED: Readonly<Record<string, (packages: LockPackages) => void>> = {
  tampered(packages) {
    const { minimist, wrappy, tslib, once, inherits } = {
      minimist: packages['node_modules/minimist']!,
      wrappy: packages['node_modules/wrappy']!,
      tslib: packages['node_modules/tslib']!,
      once: packages['node_modules/once']!,
      inherits: packages['node_modules/inherits']!,
    };
    minimist.resolved = wrappy.resolved!;
    minimist.integrity = wrappy.integrity!;
    tslib.resolved = tslib.resolved!.replace(/\/\/[^/]+/, '//downloads.evil.example.test');
    once.resolved = once.resolved!.replace('https:', 'http:');
    delete inherits.integrity;
  },
  reports(packages) {
    delete packages['node_modules/report-mailer/node_modules/thumbnailer']!.hasInstallScript;
  },
};

/** The same for a yarn.lock, in which a root is locked a second time. */
export const TAMPERED_YARN: Readonly<Record<string, (text: string) => string>> = {
  'old-tools': (text) => {
    const hash = createHash('sha512').update('not what was published').digest('base64');
    return text.replace(/(\nminimist@.*\n.*\n.*\n {2}integrity ).*/, `$1sha512-${hash}`);
  },
};
