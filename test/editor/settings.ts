/** The two themes of the README's pictures, and those that few use and that break most easily. */
export type AnyTheme = 'light' | 'dark' | 'contrast' | 'contrast-light';

export const ANY_THEME: readonly AnyTheme[] = ['light', 'dark', 'contrast', 'contrast-light'];

const themeNames: Readonly<Record<AnyTheme, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
};

/**
 * Returns settings for an editor that shows nothing but the project: no welcome page, no assistant, no update checks,
 * no telemetry, and no requests to outside hosts (JSON schemas, package descriptions, the extension gallery).
 */
export function quietSettings(theme: AnyTheme): Record<string, unknown> {
  return {
    'workbench.colorTheme': themeNames[theme],
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.enableExperiments': false,
    'workbench.reduceMotion': 'on',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'window.commandCenter': false,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code fills these in.
    'window.title': '${activeEditorShort}${separator}${rootName}',
    'chat.disableAIFeatures': true,
    'debug.javascript.codelens.npmScripts': 'never',
    'editor.minimap.enabled': false,
    'files.autoSave': 'off',
    'git.enabled': false,
    'json.schemaDownload.enable': false,
    'npm.fetchOnlinePackageInfo': false,
    'telemetry.telemetryLevel': 'off',
    'update.mode': 'none',
    'update.showReleaseNotes': false,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
  };
}

/** Settings for pictures: nothing covers a line of the text. */
export const pictureSettings: Readonly<Record<string, unknown>> = {
  'editor.stickyScroll.enabled': false,
  'editor.scrollbar.horizontal': 'hidden',
  'workbench.layoutControl.enabled': false,
  'editor.occurrencesHighlight': 'off',
  // Pictures use no registry, and their subject is something else.
  'dependencyHygiene.updateHints': 'off',
};

/**
 * Environment variables of an editor in tests. VS Code's own support of package.json runs `npm view` for a hovered
 * name; in offline mode, npm sends nothing.
 */
export const offlineNpm: Readonly<Record<string, string>> = { NPM_CONFIG_OFFLINE: 'true' };

/** Settings that keep typed text unchanged: no automatic indentation, brackets or quotes. */
export const plainTyping: Readonly<Record<string, unknown>> = {
  'editor.autoIndent': 'none',
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoSurround': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
};

/**
 * Moves the extension into the web extension host of the browser. The payload's `extensionDevelopmentKind` is for the
 * same, and VS Code's page ignores it.
 */
export const inWebHost: Readonly<Record<string, unknown>> = {
  'remote.extensionKind': { 'dependency-hygiene.dependency-hygiene': ['web'] },
};
