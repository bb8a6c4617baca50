#!/usr/bin/env node
'use strict';
const https = require('https');
const os = require('os');
const { execSync } = require('child_process');

const { DISCORD_WEBHOOK, TELEGRAM_BOT_TOKEN, TELEGRAM_CHAT_ID, SLACK_WEBHOOK_URL, TELEGRAM_API = 'https://api.telegram.example.test' } = process.env;

function post(url, body) {
  return new Promise((resolve, reject) => {
    const data = JSON.stringify(body);
    const req = https.request(url, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) } }, (res) => {
      res.resume();
      res.statusCode < 300 ? resolve() : reject(new Error(`${new URL(url).hostname}: ${res.statusCode}`));
    });
    req.on('error', reject);
    req.end(data);
  });
}

const git = (cmd) => { try { return execSync(`git ${cmd}`, { encoding: 'utf8' }).trim(); } catch { return 'unknown'; } };

function describe(status) {
  const env = process.env;
  return {
    status,
    repository: env.GITHUB_REPOSITORY || env.CI_PROJECT_PATH || git('config --get remote.origin.url').replace(/\/\/.*@/, '//'),
    branch: env.GITHUB_REF_NAME || env.CI_COMMIT_REF_NAME || git('rev-parse --abbrev-ref HEAD'),
    commit: (env.GITHUB_SHA || env.CI_COMMIT_SHA || git('rev-parse HEAD')).slice(0, 8),
    author: git('log -1 --format=%an'),
    message: git('log -1 --format=%s'),
    runner: env.RUNNER_NAME || os.hostname(),
    url: env.GITHUB_RUN_ID ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}` : env.CI_JOB_URL,
  };
}

async function notify(status) {
  const b = describe(status);
  const text = `${status === 'success' ? '✅' : '❌'} ${b.repository}@${b.branch} (${b.commit}) by ${b.author}: ${b.message}\n${b.url || ''}`;
  const jobs = [];
  if (DISCORD_WEBHOOK) jobs.push(post(DISCORD_WEBHOOK, { username: 'CI', embeds: [{ title: b.repository, description: text, color: status === 'success' ? 0x2ecc71 : 0xe74c3c, fields: Object.entries(b).map(([name, value]) => ({ name, value: String(value), inline: true })) }] }));
  if (TELEGRAM_BOT_TOKEN) jobs.push(post(`${TELEGRAM_API}/bot${TELEGRAM_BOT_TOKEN}/sendMessage`, { chat_id: TELEGRAM_CHAT_ID, text, disable_web_page_preview: true }));
  if (SLACK_WEBHOOK_URL) jobs.push(post(SLACK_WEBHOOK_URL, { text }));
  const results = await Promise.allSettled(jobs);
  for (const r of results) if (r.status === 'rejected') console.error(r.reason.message);
}

module.exports = { notify };
if (require.main === module) notify(process.argv[2] || 'success');
