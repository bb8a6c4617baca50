import * as vscode from 'vscode';
import { t } from './translate.ts';

/** The icons of findings in views, with the colours of the Problems panel. */
export const SEVERITY_ICONS = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  information: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
};

/** Returns what a severity is called, for screen readers, which do not read icons. */
export function severityLabel(severity: keyof typeof SEVERITY_ICONS): string {
  switch (severity) {
    case 'error':
      return t('error');
    case 'warning':
      return t('warning');
    case 'information':
      return t('information');
    case 'hint':
      return t('hint');
  }
}
