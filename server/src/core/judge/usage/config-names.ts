/** How tools complete the names of packages in their configuration, from their documentation and sources. */

/** Returns the package that a name without a path means; undefined for paths and for what a tool has built in. */
export type CompleteName = (name: string) => string | undefined;

const isPath = (name: string) => /^(?:[./~#<$]|\w+:|@\/)/.test(name) || /[\\${}<>*\s]/.test(name);

/** Takes a name as it stands. */
export const asWritten: CompleteName = (name) => (isPath(name) || !NAME.test(name) ? undefined : name);

const NAME = /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*(?:\/[\w.@/-]+)?$/;

/** Completes as ESLint does: `airbnb/hooks`, `@acme`, `@acme/react`. */
function completed(name: string, prefix: string): string | undefined {
  const scoped = /^(@[\w.-]+)(?:\/(.*))?$/.exec(name);
  if (scoped !== null) {
    const [, scope, own] = scoped;
    if (own === undefined) return `${scope}/${prefix}`;
    return own === prefix || own.startsWith(`${prefix}-`) || own.startsWith(`${prefix}/`)
      ? `${scope}/${own}`
      : `${scope}/${prefix}-${own}`;
  }
  return name.startsWith(`${prefix}-`) ? name : `${prefix}-${name}`;
}

const plugin = (name: string) => (asIs(name) ? completed(name, 'eslint-plugin') : undefined);
/** A scope alone is a name here. */
const asIs = (name: string) => /^@[a-z\d][\w.-]*$/.test(name) || asWritten(name) !== undefined;

/** Of `extends` in ESLint's older configuration. */
export const eslintConfig: CompleteName = (name) => {
  if (name.startsWith('plugin:')) {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? undefined : plugin(name.slice('plugin:'.length, slash));
  }
  return asIs(name) ? completed(name, 'eslint-config') : undefined;
};

/** Of `plugins` in ESLint's older configuration. */
export const eslintPlugin: CompleteName = (name) => plugin(name);

/** Of `import/resolver`. `node` comes with the plugin. */
export const eslintResolver: CompleteName = (name) => {
  if (name === 'node' || asWritten(name) === undefined) return undefined;
  return name.startsWith('@') || name.includes('/') || name.startsWith('eslint-import-resolver')
    ? name
    : `eslint-import-resolver-${name}`;
};

/** Of `presets` and `plugins` of Babel, whose rules are in `@babel/core/lib/config/files/plugins.js`. */
export const babel =
  (kind: 'preset' | 'plugin'): CompleteName =>
  (name) => {
    if (name.startsWith('module:')) return asWritten(name.slice('module:'.length));
    if (!asIs(name)) return undefined;
    if (name.startsWith('@babel/'))
      return name.slice('@babel/'.length).startsWith(`${kind}-`) || name.split('/').length > 2
        ? name
        : name.replace('@babel/', `@babel/${kind}-`);
    const scoped = /^(@[^/]+)(?:\/([^/]+))?(\/.*)?$/.exec(name);
    if (scoped !== null) {
      const [, scope, own, path] = scoped;
      if (own === undefined) return `${scope}/babel-${kind}`;
      const isWhole = path !== undefined || new RegExp(`babel-${kind}(?:-|$)`).test(own);
      return isWhole ? name : `${scope}/babel-${kind}-${own}`;
    }
    return name.includes('/') || name.startsWith(`babel-${kind}-`) ? name : `babel-${kind}-${name}`;
  };

/** Of `extends` of commitlint. */
export const commitlint: CompleteName = (name) => {
  if (asWritten(name) === undefined) return undefined;
  return name.startsWith('@') || name.startsWith('commitlint-config-') ? name : `commitlint-config-${name}`;
};

/** Of plugins of remark. */
export const remark: CompleteName = (name) => {
  if (asWritten(name) === undefined) return undefined;
  return name.startsWith('@') || /^remark-/.test(name) ? name : `remark-${name}`;
};

/** Takes names of one form only, where others may be something else. */
export const ofForm =
  (form: RegExp): CompleteName =>
  (name) =>
    form.test(name) ? asWritten(name) : undefined;

/** Of presets, plugins and themes of Docusaurus: a short name has several readings. */
export const docusaurus = ofForm(/^@docusaurus\/[a-z]+-|^@[\w.-]+\/.*docusaurus|^docusaurus-/);

/** Of plugins of Karma, which are otherwise found by a pattern. */
export const karma = ofForm(/^(?:@[\w.-]+\/)?karma-[\w-]+$/);

/** Of a builder in `angular.json`. */
export const builder: CompleteName = (name) => {
  const colon = name.indexOf(':');
  return colon === -1 ? undefined : asWritten(name.slice(0, colon));
};

/** Of a style sheet or script in `angular.json`. */
export const inInstalled: CompleteName = (name) => {
  const path = /^(?:\.\/)?node_modules\/(.+)$/.exec(name)?.[1];
  return path === undefined ? undefined : asWritten(path);
};

/** Of loaders of webpack, also in a chain and with a query. */
export const loader = (name: string): readonly string[] =>
  name.split('!').flatMap((each) => {
    const own = each.replace(/\?.*$/, '');
    return /^(?:@[\w.-]+\/)?[\w.-]+-loader$|^@svgr\/webpack$/.test(own) ? own : [];
  });
