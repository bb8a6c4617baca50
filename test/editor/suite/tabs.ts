import * as vscode from 'vscode';
import { PATIENCE } from '../patience.ts';

/** Resolves with the first tab for which a condition holds, as soon as there is one. */
export function tabOnce(holds: (tab: vscode.Tab) => boolean): Promise<vscode.Tab> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      const tab = tabs.find(holds);
      if (tab === undefined) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(tab);
    };
    const listener = vscode.window.tabGroups.onDidChangeTabs(look);
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error('waited for a tab in vain'));
    }, PATIENCE);
    look();
  });
}
