type Value = string | number;
type Translate = (message: string, ...values: readonly Value[]) => string;

let translate: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (place, at: string) => String(values[Number(at)] ?? place));
let language = 'en';

/** Has texts translated by VS Code from now on. Modules that are tested without VS Code have them in English. */
export function translateWith(translation: Translate, displayLanguage: string): void {
  translate = translation;
  language = displayLanguage;
}

/**
 * Returns a text in the language of the editor, with values in the places `{0}`, `{1}`. The English text is the key in
 * l10n/bundle.l10n.<language>.json, so it stands here as a literal.
 */
export function t(message: string, ...values: readonly Value[]): string {
  return translate(message, ...values);
}

/** Formats a day in UTC as the language of the editor does, in English as all other texts of ours: "12 Sep 2026". */
export function formatDay(time: number | string): string {
  const date = new Date(time);
  if (!isEnglish())
    return date.toLocaleDateString(language, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    });
  const month = date.toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
}

/** Formats the weekday and the time of this machine's zone: "Sun 14:05". */
export function formatTime(time: number | string): string {
  return new Date(time).toLocaleTimeString(isEnglish() ? 'en-GB' : language, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

function isEnglish(): boolean {
  return language === 'en' || language.startsWith('en-');
}
