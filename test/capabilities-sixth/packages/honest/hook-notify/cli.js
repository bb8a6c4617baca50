#!/usr/bin/env node
import process from 'node:process';
import {discord, slack, telegram} from './index.js';

const status = process.argv[2] ?? 'success';
const title = process.argv[3];
const {DISCORD_WEBHOOK, SLACK_WEBHOOK, TELEGRAM_TOKEN, TELEGRAM_CHAT} = process.env;
const jobs = [];
if (DISCORD_WEBHOOK) jobs.push(discord(DISCORD_WEBHOOK, {status, title}));
if (SLACK_WEBHOOK) jobs.push(slack(SLACK_WEBHOOK, {status, title}));
if (TELEGRAM_TOKEN) jobs.push(telegram({token: TELEGRAM_TOKEN, chatId: TELEGRAM_CHAT}, {status, title}));
if (jobs.length === 0) {
	console.error('Set DISCORD_WEBHOOK, SLACK_WEBHOOK or TELEGRAM_TOKEN');
	process.exit(2);
}

const results = await Promise.allSettled(jobs);
for (const r of results) if (r.status === 'rejected') console.error(r.reason.message);
process.exitCode = results.some(r => r.status === 'rejected') ? 1 : 0;
