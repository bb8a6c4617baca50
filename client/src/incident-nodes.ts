import * as path from 'node:path';
import * as vscode from 'vscode';
import type { IncidentFinding, IncidentReport, IncidentRepository } from './incident-search.ts';
import { SEVERITY_ICONS } from './severity-icons.ts';
import { formatDay, t } from './translate.ts';

/** A node of the view "Incidents". Its children are made with it: a report is read once. */
export interface IncidentNode {
  readonly item: vscode.TreeItem;
  readonly children: readonly IncidentNode[];
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Returns the top of the tree: the repositories, hit ones first, then what to do and what was not read. */
export function incidentNodes(report: IncidentReport): readonly IncidentNode[] {
  const { repositories, nextSteps, notRead, machine } = report;
  const sorted = [...repositories].sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const gaps = notRead.map(({ subject, reason }) => `${subject}: ${reason}`);
  return [
    ...sorted.map((repository) => repositoryNode(repository, report.incident)),
    ...listNode(t('Next steps'), 'checklist', nextSteps),
    ...listNode(t('Not read'), 'question', gaps),
    ...listNode(t('On this machine'), 'device-desktop', machine),
  ];
}

const VERDICTS: readonly IncidentRepository['verdict'][] = ['hit-now', 'was-hit', 'unknown', 'not-hit'];

function repositoryNode(repository: IncidentRepository, incident: string): IncidentNode {
  const { verdict, findings, notRead, lockfiles, commits } = repository;
  const gaps = notRead.map(({ subject, reason }) => `${subject}: ${reason}`);
  const children = [
    ...findings.map((finding) => findingNode(finding, repository)),
    ...listNode(t('Not read'), 'question', gaps),
  ];
  const item = new vscode.TreeItem(path.basename(repository.path), children.length === 0 ? None : Expanded);
  // VS Code keeps what was collapsed by id: another result starts anew.
  item.id = [incident, repository.path, verdict, commits].join(' ');
  item.description = describeVerdict(verdict);
  item.tooltip = `${repository.path}: ${t('{0} lockfiles, {1} commits read', lockfiles, commits)}`;
  item.iconPath = iconOf(verdict);
  item.accessibilityInformation = { label: `${repository.path}, ${describeVerdict(verdict)}` };
  return { item, children };
}

function describeVerdict(verdict: IncidentRepository['verdict']): string {
  switch (verdict) {
    case 'hit-now':
      return t('locks it now');
    case 'was-hit':
      return t('locked it earlier');
    case 'not-hit':
      return t('never locked it, as far as it was read');
    case 'unknown':
      return t('not read completely');
  }
}

function iconOf(verdict: IncidentRepository['verdict']): vscode.ThemeIcon {
  switch (verdict) {
    case 'hit-now':
      return SEVERITY_ICONS.error;
    case 'was-hit':
      return SEVERITY_ICONS.warning;
    case 'not-hit':
      return new vscode.ThemeIcon('pass');
    case 'unknown':
      return new vscode.ThemeIcon('question');
  }
}

function findingNode(finding: IncidentFinding, { path: directory }: IncidentRepository): IncidentNode {
  const { lockfile, now, from, to, events, dependencyPath, jobs, installed } = finding;
  const label = `${finding.package} ${finding.packageVersion}`;
  const end = now.length > 0 ? t('now') : dayOf(to);
  const facts = [
    ...(finding.installScript === true ? [t('It runs code at install')] : []),
    ...(finding.development === true ? [t('A development dependency')] : []),
    ...(dependencyPath === null ? [] : [dependencyPath.slice(1).join(' > ')]),
  ];
  const children = [
    ...facts.map((text) => textNode(text, 'info')),
    ...events.map(eventNode),
    ...listNode(
      t('Jobs that install it'),
      'server-process',
      (jobs ?? []).map((job) => `${job.path}, ${job.job}: ${job.command}`),
    ),
    ...listNode(
      t('Found on this machine'),
      'device-desktop',
      installed.map(({ place, path: at }) => `${place}: ${at}`),
    ),
  ];
  const item = new vscode.TreeItem(label, children.length === 0 ? None : Collapsed);
  item.description = `${lockfile} · ${t('{0} to {1}', dayOf(from), end)}`;
  item.tooltip = `${label}: ${item.description}`;
  item.iconPath = now.length > 0 ? SEVERITY_ICONS.error : SEVERITY_ICONS.warning;
  if (now.includes('working tree')) {
    const uri = vscode.Uri.file(path.join(directory, lockfile));
    item.command = { title: t('Open Lockfile'), command: 'vscode.open', arguments: [uri] };
  }
  return { item, children };
}

function eventNode({ type, commit, authored, branches }: IncidentFinding['events'][number]): IncidentNode {
  const action = type === 'entered' ? t('entered') : t('left');
  const node = textNode(`${dayOf(authored)} ${action}`, 'git-commit');
  node.item.description = [commit.slice(0, 10), ...(branches ?? [])].join(' ');
  return node;
}

function listNode(label: string, icon: string, texts: readonly string[]): readonly IncidentNode[] {
  if (texts.length === 0) return [];
  const item = new vscode.TreeItem(label, Collapsed);
  item.description = String(texts.length);
  item.iconPath = new vscode.ThemeIcon(icon);
  return [{ item, children: texts.map((text) => textNode(text, 'dash')) }];
}

function textNode(text: string, icon: string): IncidentNode {
  const item = new vscode.TreeItem(text, None);
  item.tooltip = text;
  item.iconPath = new vscode.ThemeIcon(icon);
  return { item, children: [] };
}

function dayOf(time: string | null): string {
  return time === null ? t('unknown') : formatDay(time);
}
