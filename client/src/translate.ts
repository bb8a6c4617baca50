type Value = string | number;
type Translate = (message: string, ...values: readonly Value[]) => string;

let translate: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (place, at: string) => String(values[Number(at)] ?? place));

/** Has texts translated by VS Code from now on. Modules that are tested without VS Code have them in English. */
export function translateWith(translation: Translate): void {
  translate = translation;
}

/**
 * Returns a text in the language of the editor, with values in the places `{0}`, `{1}`. The English text is the key in
 * l10n/bundle.l10n.<language>.json, so it stands here as a literal.
 */
export function t(message: string, ...values: readonly Value[]): string {
  return translate(message, ...values);
}
