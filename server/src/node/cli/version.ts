declare const __VERSION__: string | undefined;

/** The product's version, inserted by the build; unbundled sources have none. */
export const VERSION = typeof __VERSION__ === 'undefined' ? '0.0.0-source' : __VERSION__;
